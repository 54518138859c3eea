// Published answers for HMAC, in hexadecimal.

import type { HmacHash } from '../../src/backend/hmac.ts';
import { rfc4231 as sha256Answers } from './known-answers.ts';

// RFC 4231 section 4, in the order of the SHA-256 answers: test cases 1, 2, 3, 4 and 6.
const macs: Readonly<Record<Exclude<HmacHash, 'SHA-256'>, readonly string[]>> = {
  'SHA-224': [
    '896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22',
    'a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44',
    '7fb3cb3588c6c1f6ffa9694d7d6ad2649365b0c1f65d69d1ec8333ea',
    '6c11506874013cac6a2abc1bb382627cec6a90d86efc012de7afec5a',
    '95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e',
  ],
  'SHA-384': [
    'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6',
    'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
    '88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27',
    '3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e6801dd23c4a7d679ccf8a386c674cffb',
    '4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952',
  ],
  'SHA-512': [
    '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde' +
      'daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554' +
      '9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    'fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39' +
      'bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb',
    'b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db' +
      'a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd',
    '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352' +
      '6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
  ],
};

export interface HmacFamilyAnswer {
  readonly hash: HmacHash;
  readonly name: string;
  readonly key: string;
  readonly message: string;
  readonly mac: string;
}

export const rfc4231: readonly HmacFamilyAnswer[] = sha256Answers.flatMap(({ mac, ...answer }, at) => [
  { ...answer, hash: 'SHA-256' as const, mac },
  ...(['SHA-224', 'SHA-384', 'SHA-512'] as const).map((hash) => ({ ...answer, hash, mac: macs[hash][at] ?? '' })),
]);
