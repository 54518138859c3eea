// Published answers for ML-DSA and ML-KEM. Long values by their digests, or in base64.

import type { MlDsaKeySpec, MlKemKeySpec } from '../../src/post-quantum.ts';

export interface KeyAnswer<Spec> {
  readonly spec: Spec;
  /** xi of ML-DSA; d ‖ z of ML-KEM. */
  readonly seed: string;
  /** tr of ML-DSA, SHAKE256 of the public key; H(ek) of ML-KEM, SHA3-256 of it. */
  readonly digest: string;
}

// NIST ACVP, ML-DSA-keyGen-FIPS204, test case 75: seed, and tr out of sk.
// https://github.com/usnistgov/ACVP-Server/tree/a9496ad1031556369a9d2c1f20371ff2f50783c0/gen-val/json-files
export const mlDsaKey: KeyAnswer<MlDsaKeySpec> = {
  spec: 'ML_DSA_87',
  seed: '9B180D29AB2B119E3D86BB24280E60885FD39AA894F91C4463074D2B5963FDDF',
  digest:
    '0D0BDD8503F8A2C26F8CFEB0DDFB208804A18ABDCF19B1DA81E85EB3327D9EC8' +
    'A5BF605D6A7DC2F188F4F3E64A8FF45677F0E57A80A45843210949C76EA9C6FB',
};

// NIST ACVP, ML-KEM-keyGen-FIPS203, test case 75 of the same commit: d, z, and H(ek) out of dk.
export const mlKemKey: KeyAnswer<MlKemKeySpec> = {
  spec: 'ML_KEM_1024',
  seed:
    'F7D7A6F3741E6B5B20CEA69F633DB4F50342D478FF46F9BDCAE3D74945188087' +
    '8209C8E0D7A8E899B0C8B2FE33996EED0D343291FEE2BCC0B77D9B5DB71C24D2',
  digest: '65774F16395D73C56719D9AE1F12374CD70DCC17EEF7A0F4F097E43E991160CC',
};

export interface SignatureAnswer {
  readonly spec: MlDsaKeySpec;
  readonly name: string;
  readonly seed: string;
  /** SHA-256 of the public key. */
  readonly publicKey: string;
  readonly message: string;
  readonly mu: string;
  /** Absent: deterministic, 32 zeros. */
  readonly rnd?: string;
  /** SHA-256 of the signature. */
  readonly signature: string;
}

// NIST, draft-celi-acvp-ml-dsa table 1 (known answers for rejection cases), the first of each parameter set. Deterministic.
export const mlDsaRejections: readonly Pick<SignatureAnswer, 'spec' | 'seed' | 'publicKey' | 'mu' | 'signature'>[] = [
  {
    spec: 'ML_DSA_44',
    seed: '5c624fcc1862452452d0c665840d8237f43108e5499edcdc108fbc49d596e4b7',
    publicKey: '0c2ad4d6b3d231ae0ff4cb51884b91d696cb711e262d24fc73167d30b7bcbcf8',
    mu: '2ad1c72bb0fcbe28099ce8bd2ed836dfebe520aad38fbac66ef785a3cfb10fb419327fa57818ee4e3718da4be48d24b59a208f8807271fdb7eda6e60141bd263',
    signature: 'dcc71a421bc6ffafb7df0c7f6d018a19ada154d1e2ee360ed533cecd5dc980ad',
  },
  {
    spec: 'ML_DSA_65',
    seed: '464756a985e5df03739d95dd309c1ed9c5b04254cc294e7e7eb9b9365ee15117',
    publicKey: 'fa72d127d6c6f142c6b77204592689764ed697c2729893bd1b6e19bcf5d64166',
    mu: 'bcbed96ad917133fbecd0de58dfbd124d66887009814dc4ad756992c9c23af9b7e0f08c34d87f29f89256112e827e66c36bcc107eb99aff5fd4d254754c1f9e3',
    signature: '8e08ea0c8db941685b9905a73b0b57bad3500b1f73490480b24375b41230cc04',
  },
  {
    spec: 'ML_DSA_87',
    seed: '0d58219132746be077dfe821e9f8fd87857b28ab91d6a567e312a73e2636032c',
    publicKey: '9d75efeadb6d9415a67c04955d3e71eb3f3a53637558e74c1b5d866e1a9e67a8',
    mu: '6609549e779e4cb85eab3f6f80345697dd959862730fe6c846ac970de7c0ae7b1fe5de6f49b6a549cc5d7246dc6382471320ac00131b615a29c75b907d8e4f73',
    signature: '5049dc39045618b903c71595b3a3e07a731f95d37304623acc98bcef4258b4ca',
  },
];

// Project Wycheproof, mldsa_{44,65,87}_sign_seed_test.json: the first signature of each file, and its randomized one.
export const mlDsaSignatures: readonly SignatureAnswer[] = [
  {
    spec: 'ML_DSA_44',
    name: 'tcId 1, baseline',
    seed: '2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a',
    publicKey: 'd87f8ca136ac1aa55e2d6c4521680efb3a378cbb9bc0bfb446e9c60893931ea3',
    message: '48656c6c6f20776f726c64',
    mu: '0ba2d90bc4fa5877844e47f7563eefccf658f898eaf4197b2a9a89d3df683955c73a80895ac0a51cc9049d44cdc1d1c550ef3870c1126afdb3d52ee057cbbcdd',
    signature: '8cd6fc03daa72e87210a4e721523e84c14f27733789075e65736744d4787fdd5',
  },
  {
    spec: 'ML_DSA_44',
    name: 'tcId 90, randomized valid signature',
    seed: '2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a',
    publicKey: 'd87f8ca136ac1aa55e2d6c4521680efb3a378cbb9bc0bfb446e9c60893931ea3',
    message: '48656c6c6f20776f726c64',
    mu: '0ba2d90bc4fa5877844e47f7563eefccf658f898eaf4197b2a9a89d3df683955c73a80895ac0a51cc9049d44cdc1d1c550ef3870c1126afdb3d52ee057cbbcdd',
    rnd: '60879ebd4f33a5d8e6238983cca4b03abfafa716d836f2ab3f500cde36b3b1e3',
    signature: 'eb8b84c747ca9afff8368ce5705fe62d555fda39d2a992b0427e4b0b7f296130',
  },
  {
    spec: 'ML_DSA_65',
    name: 'tcId 1, baseline',
    seed: '2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a',
    publicKey: 'b7acce2ddb11f8cc1aa46e2bafac6eacfa2b732ef192bd636ad8d3a56d649c66',
    message: '48656c6c6f20776f726c64',
    mu: 'de30bd32395e1998bcdae79ad419cec6ea9e9a903fdc552c6e9801208174d80a9d2f3902a144e62f89d6e505cc9c69fb01de013fc1d0204ee4dcf5fcc25f1378',
    signature: '39fbbb0d97a52c79844213b325af823a7f16a174e00a5b3daeb3e6e6d1c89681',
  },
  {
    spec: 'ML_DSA_65',
    name: 'tcId 109, randomized valid signature',
    seed: '2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a',
    publicKey: 'b7acce2ddb11f8cc1aa46e2bafac6eacfa2b732ef192bd636ad8d3a56d649c66',
    message: '48656c6c6f20776f726c64',
    mu: 'de30bd32395e1998bcdae79ad419cec6ea9e9a903fdc552c6e9801208174d80a9d2f3902a144e62f89d6e505cc9c69fb01de013fc1d0204ee4dcf5fcc25f1378',
    rnd: '60879ebd4f33a5d8e6238983cca4b03abfafa716d836f2ab3f500cde36b3b1e3',
    signature: 'efa771a2cdd3df8c9867722c9d40bd43e297bc324d8e31919661e493b1ab4007',
  },
  {
    spec: 'ML_DSA_87',
    name: 'tcId 1, baseline',
    seed: '2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a',
    publicKey: 'd43128fa8a8c785c1d44c9e7db538dbf9dd88fe6c8ad911a344bcec1017c6d54',
    message: '48656c6c6f20776f726c64',
    mu: '00d86c57be5399a1841b734bbdc6ad234218ec65376768f844bec76cd3585696d6e648ec8a069bd929f2be80051679f2b8bec414f715261148f42eddaf3a9b43',
    signature: '1ad45bd0419e694375bd38ec11d8e0c228ab9ffac2fce4adbe6218d9c949e293',
  },
  {
    spec: 'ML_DSA_87',
    name: 'tcId 100, randomized valid signature',
    seed: '2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a',
    publicKey: 'd43128fa8a8c785c1d44c9e7db538dbf9dd88fe6c8ad911a344bcec1017c6d54',
    message: '48656c6c6f20776f726c64',
    mu: '00d86c57be5399a1841b734bbdc6ad234218ec65376768f844bec76cd3585696d6e648ec8a069bd929f2be80051679f2b8bec414f715261148f42eddaf3a9b43',
    rnd: '60879ebd4f33a5d8e6238983cca4b03abfafa716d836f2ab3f500cde36b3b1e3',
    signature: 'dbb63950574e07ab85aadc96b5f128e59bd01c546930d254d66c7ae3deece626',
  },
];

export interface DecapsulationAnswer {
  readonly spec: MlKemKeySpec;
  readonly name: string;
  /** d ‖ z */
  readonly seed: string;
  /** SHA-256 of the encapsulation key. */
  readonly publicKey: string;
  /** Base64. */
  readonly ciphertext: string;
  readonly sharedSecret: string;
}

// Project Wycheproof, mlkem_{512,768,1024}_test.json, the first case of each.
export const mlKemDecapsulations: readonly DecapsulationAnswer[] = [
  {
    spec: 'ML_KEM_512',
    name: 'tcId 1',
    seed: 'a3896e30892230a6c1dff667f8caee759ff84a08e3462ae484fcbca9971d7959cdc6c5ec65f10a5a24b5145aac863232ee3b2229ca3a6c4b9c8a2dafc315d9d4',
    publicKey: '3399ef1223024bd0f646ce6f860fd99557b67058fa620850e772f8531af36231',
    ciphertext:
      'AOx/zbYXYp/q1/Q89Zp9OguUa1xfRyQHgSwVxEJJ5Sl0SD6zH7bOXhVyhwjvJPeLthu1yLbrtOipbluJjgacSZxEpX77CQcjRZfoEPTeQNhdbqzXdbg0AJN6yGPP5dQGRpuNPKT22+Cs7WD77LMliPHdqqCLpcWxd6tRtUjYriIY6y2bArMctLtud1S2p0hWMWrT4DlAJfdQQSAjp0q4UfwDFxytqZPGRp+iVLXThO2rHv6PLvtuujfHunQ0uyQzMZOISRFK05jPkQOPuWwwpxL0fhxxg5VoONSHAW8CO9mQCpTGBu2qQr8OZ/Ku3QP1pYHlWvKeJK8GG6c9pkw4addZigyVw8gzDstEgcqyyFzKqjZvmfO6/JgDYvTXAaIz0JZ97Xjk8YdLQs2ndLiI0x8WcdZWfRY21bK8wRfiolbzQ1QcPhc+kAttbHG81VR50j3ua1Ti/jIwPHlV+l9WeJRgXtdeZeVIWCIsDQZbqSMfzYKrhq9jwkLRDR0wtBduK7gWn71/A8+gRAmIUzgggyhO+M7PBfnQvT2a+E9t9VHj0R6SgXlNNqYZ9h5HkB6g3WlXgiQSUPC1wqINdtOv78sR0BUXnWqadBIcRI4xX1B8sprdQNpOsFyuJzIMSxiiXXrySsewvfc4IUPU0C2z59AW+f9WOODfeWj3hayAAMdUWhpw1v1DzDuijYLp62zLOR4JS6haSa1un4/Y+qmVQGKl3xPGmEe+5IW8ZiS0C4Eo/pESMbTvm0oiztT4FA32WluBgGZRKCc/3gKVWmWSHw0b4Tn74e3wrAHbHSpf/ZXWPTOwp2J8q0vNN2RyOMgBl9T6iKfjTUyqBm26Kub+//ah6ASnLUntRDwpstsxP98l2Y0N7pkr78RXL4se7g23IntuIC72nqg0CuNpD8Bk0+39jQZ5NNswYXZ+SFfoBeiIKU76ckh0P8qh4BrNr0kd5AjFiGm8liTJURA8B5eTvh7fqUQt9N7OQOq7memwFBD8AQiyahPNQkzZqd5br6H8',
    sharedSecret: 'cf3bcfeb2679cb43658fcdcd01aa1505bcea1e72a165ccac7bfb66d9dc0c0e90',
  },
  {
    spec: 'ML_KEM_768',
    name: 'tcId 1',
    seed: 'cbfc4405d1b2a3a386c94c25e0f2d5f5ee92cb0388ff4d6aa04223086d51c3fd24752da14c9fc3b8ae0d9e4a8b1016b8d8fc69e229c03ea2ef08a4ae0cffc37f',
    publicKey: '67fe2cb60768d55758c67bfd5842692dedb14513d581c48db2cd3adf94568106',
    ciphertext:
      'AOlsROtfU4DYC0ywXWCJcaKPvoOLkStVi/lnbGxnyWku1uoGP8R7cNXWAEglwmm5y45otXKNZ/RIRNl2hqERVOPL1Kb55HUk2T2FG9zkgNd2Le0JvlPRfM4+4o3FoGkRwGK5myGDVd1YIhCMVeLGf36gt0thibM7RYnY/50Mhn0T7arxxfckZ1Mgvto+asxnPASPoEobMPiZIn1aVV4IpBKke323XrEYqIRKcbGGiAQm9rtudxhtGOdTy8zpPJ+3bHKYdbTUc+7KjauZQZafrvBN+c4xeOc0HqtBbSi7eu4Sv7j0w9+BTv9FoBhzKQeaz8Qajo26ewjREfAuN6HStp5X7vgI/MauIzhVNKQgqT37apXHPi8QFhd8T+nTztdp4ncpOqzt7W0H78eJDqqIW9HnP55dornP2g1Ey8kJBwWsLOPnvNd3W1k8cG5F3cl9OmXZt+c2c/lHPfW/7GiWcfc+f27nfHMKjr2h8LLBEqcZBNbyilHY1Hn4Mj+0heci9cTVhX6VmJqcuvJz79BPw8vemLqplp4JXoiszs+9Eu8hVUl6WxX+kacNEQa5GlaDY7/C1nNsyBOMvEHd8eVP1AUR4n2J4sJsAntjwVbiu7mY+q7T1yGG8Mxiba05p4Lc2iCH/ROpSY4QtBtoVkaiJ+oRZqVjLBlZg/SrorcYtAdAMNVxJtNMODSYkgB6y+qeOTuWfcMUaycPCAofC+6Q1loJWmNSp3GO0XF6gCWivTjGbRILr0JHZ2of4ESlfOJowHj4/0bMJv5PnHoD1kZ62suEGNJic2Yrzh97wAuQbgCI6V3A+0GeIjLoWqx3uefNVj5gTeXh0+lpPc07GYZc9CUHc2kefgr5wnVc0x9J0flnCPO6LwuYGEUlq7hp4S1c6grBdAGBqHUDUwCwWlS41C7jtK6SsG5DzYB+Kwlsl38jxh74yYnFLtg3VAdt6hMj9jklC+9hvfkDv3lhzsibppQtnQZHrJyBldk+2KvO3yV1RkQDVxmloKHIwHmJEnJqmoJY5MEK50hTIu2bozH28JDEtJKk/PU9dTzTTyjsBEP84HJPQ8iaOUIWnVCZqPdDDzhpHrzi4/5PYA2Cx8zt9gZz+OXUwan4S4tbI/XtY977anIF4KixBb3G/0Vo/HjLRFawL+239MSPb9a2khajMZghA520DhmjGgsMnUcdWnpzhl0m+L41lVJbHsSoV579B+qY4mAuK//f2P68XHtMc20ya1AwzMb6+UIKnBVqj0UWuf/2dUWd/c1O+F1629/9YPSjlijjmcx1LC6Zqy9DHcdl58nSBr/jJkn77070ix15Nvx0dm1yQ1DuIkWo1fI/vGx+2LVxaM4ehk5J1/jEddzaFAvUJHOCWzxy64xUeAGIgTAR4ZYqUD+bUW4TIm3mN1sgRzOwGSGDyPVehw5hz4lHwxkXkLwLZXvEOuvJ2Gw=',
    sharedSecret: '76c10bb1d86d96d7eb18e298363e51f7728e113f455df7d15017940ed3541451',
  },
  {
    spec: 'ML_KEM_1024',
    name: 'tcId 1',
    seed: '8247c17686a8bc0b3afebe6bed1df1dc3ff7fa07c3670f624930235f20aecb4353ece11faa61f47d946ee501abb9a48029096de63b243a1794c4a760f98cc157',
    publicKey: '5db6d38ecb5e92dda86dd468931bd4272def51b901c05979ce40053acc85a1e8',
    ciphertext:
      'AB2AN29ApVXJWQg45N2VPPuaMO33do8PNbKYxp60WaQuCB95tBk5GxQ0clSEnx3erG0Dl18iyb0OeifO8YQy4dQrddOEUTDOyM0jhwBxFveyH2nRluszQKRNSz2Ssqz6QgzkZUBj0Oc5/7kjiZDBF0VO0BfTO9Y7wcLamtxSyw+i3JD290guMHL01iDWWvq46QiUPdek6R7U4SuRR2Vqj+dYq9+i1dLYEO20QJqwkzK53dzNxsq/jYljPGCaCgBa8vT6xrr3AxUQOCVTH1E/n8n20IjPKLVP9vukcl5u4pETG3eAWKRe1JvqEMGqCu0FeWo7yIoaRbxjoBs2RlIeeWi9sOq3J1im8CVBGBQBPhI/41RIT0OAohj28LaHa/SiJXZokKsZG2/9+E/BlSFTO1jMUYpfQNfihh6aUcKX46v+izZnSgZr27UjkLbiyR0KbhrmYhDz5wA0TRp1l4lFrJ73/nKnwfaTlpDNM+Ee86nvu53DKFJUrwcSF1iq2H00qFIxtj8jprgaLlvSMsATj/V0QX0rH8veRbaG7WNI2nuyzvFRKF7lL04OIUE5+BKmjfaUWXBrr4XjGgBzYjx/rsHAuZ2G00/TpxRSEMGHDzdof41MlISaIt0Qmc2Mcwlp/PjhzEwa9iP4m7Dy47bkpMN7bU18j2bfjDhMZiZOeks16JPPdCRkLbIKhErvdKEvHdJEvTMRAUhrq+5UsyZED5+bl+HxpgMUa0K4JmoFeB7Iv/9XurGGlzqbe/+mD/JGoB0sklmVDpTp3yXcowxZiQKAY23uQ/g1EN333ipfd6eIVM3nDq0JQ7rHiV7hDTY6kzSh1QLCgmcRYaI1Xx1L6Zofn2fmh7mFHK+KPbEHlAsatEgQhPipYFPGIFogfKGQQ/jSAJDvJFVXxrfBvSBl0tt/g0Os3Nn3NBSRxmWohCwZ4Z0SqzawHsaMlb/ZImqhA3DqG3HwizJveBepbFMTLXtQBPoA7PHWIEGY/HhbBUOLxofLojXlwiEdjh4fIRZk8kDDwuT0oZkJQ+yDrYAUG+zrpuMThMCqFIeDhyWTwM6eACyyr23jWEXcH81ufV2pa26M86TKsdZJCtGCA82sGnf2CMhGDSEjCshHD4QcbBf1ofr/hxwnxang6TogtcHhfY96XHQGWrGSwz0I0MYDImoBufWXbg8GYluqf5BVTugF1+4kLLVNMYN1i/lI6jECT6OqNoz8i6ffFHSkOI6E4/eWFwgKls46+Izl4bm6AoccLmpU0PwFBQKV9fmmOKY8UUKLyTXH9TnN2QpVAbiDKjvqSQZX8CbsZ0XUsw9Rjm9LK+4K+2WzTfHYGkdRrtCGW5ywH0zcZcqz7hs+mIsjwPLGPLFuMF1Me2mi66yEcdbWFBIAS7vUVQ3rv2TEn1l13x9L71MoH7rdpKX7ffpj5yYUmadMfzryAmqZfB/c3mwH+zznIKRQ+d5pcNYSFwYkXkzSMyJHxszoQIWvv3+rT38fqYYmZGYw5I4tq4yyFmHDBqIuvXJDvrf8PGz1cIikDQXCOB/vZVxCgX8buV3n0g840C/B47LWhSsqjzpN1KJiraWfSEguREaMEMBQY2jDBe5O/JPWCtrCbBMlhzlkCJB2IHfncey1fAHvu4lcZanrGixHnxrXQ0N3Mxc4ogNIQGgt465nPOR+PlQXJVajpUMGb9XjBHPDNkH/6QFEu+FdaLXoq5wGP0jts6RIA1bnp93vMsYPDt/88cX+9OtIhHZ5T0Kve2brAbGb+6WcrNFX1IUDeyw4Ot0M8v9yfBBWpGaTDkbj8IGvQppF5czf6ODzwhBHTrAVZ0TH1UhvdhkQCDtqj7oYmKUrESuWtLM4fy8+QACqCFR4GwKejAHz8J8M02HqqlaomyoFShgFJI6J3cMtyKPlMzNZVobk57B2NAB2opwcD08SMq81Un6NNfiH5/5SSZG1t02jsC3Cb3InWVwJb9QFQbhufwcFzr1MKhNMFOj57vlPpgmjBeakKfKQQE8QQ8FmY4ffS6/CMI3E6yU5wB3twj2cIBipxc3sUEdaj47jLZ0T15swTc9puUm+eHf6tHUrRbnuBGIhI9s=',
    sharedSecret: 'c6338bf92f3930b95f81d87fe669fabc42aaa549e8fecfbfdbe237d739fe4d96',
  },
];

export interface EncapsulationAnswer {
  readonly spec: MlKemKeySpec;
  readonly name: string;
  /** Base64. */
  readonly publicKey: string;
  readonly m: string;
  /** SHA-256 of the ciphertext. */
  readonly ciphertext: string;
  readonly sharedSecret: string;
}

// Project Wycheproof, mlkem_{512,768,1024}_encaps_test.json, the first case of each that encapsulates.
export const mlKemEncapsulationAnswers: readonly EncapsulationAnswer[] = [
  {
    spec: 'ML_KEM_512',
    name: 'tcId 10',
    publicKey:
      'QAhl7RC2GapYERObwIaCV4KytxJPdXyDrnlERLx4pHiWrPEmLIE1EHeJO/xW+QRJwvpfblht03wLm1gZkmOMt+e8u7ma/keB2ApQ5pRj+9mIciw2NUI+J0ZscdzGdFJ8zXKJaMvNwAxckDW7CvLJkix4gaQd0odSc5JRMSMPbKWekTazn5Vsk7Oy0UxkGwieB9CoQMiT7Ndrv5LIBUVmaNB8YhSRxcBUmRplb1EWGVVuuXeC4no8eFEkxwsNq6bGJNGOD5eT+Wup4VmbF7MNzMC083ZqB7I7JXMJzXaroHLCucl0Q5TGq5y2xUqXtcV4YaWNwKA1GYMu4yoHZUoHDAyMToZIrdw1XydPxrkqCHs/l1GSPkQnT4WMScq6crZYUbOtxIk2lVCXytlVP1omPxhEtSoCD/fKieiBoBuV2VejFTwKXgoczWaxghorhjJUbiTHy7xMsIgIysN/faaxb4rO0FLNslZJSPGrD3aKDTKGzMfDdJxjx4FTD6GuZwVChVAEpkW1IogewUEr2uNCCFqd1fgSavlrvbDBr2mhVWLLKhVaEAMJ0bZB0IstTtF7+/C8BCZfmxDBCPhQMJUE13KBG7qOK+FiSapzfYefx/slXuemoKdTvZN0HGFljsB09uACsBk0V2kRPMAT/3SUuoN4sRoXImCqpTQhveA6NVidV+Mi/vpBAKR0OSarfWIli4ezHMu15ricsQsnGqBdmUu1cIsjqzJ+y5PA8xVoafCIPaIGT3leDiq308ZNYdIwP8OinhYZkjyoAeWf11LKbnZJ0wPJ0geI4SFGUbBplesmDJKaE0SoSbJcoKAfHrUpE2hrumGeI3FEZAMaeEOSh/ynj0wEdiI+6mG38lp85CzKkBsq6hKYF4lLo0cII4VPPlso2GupeeVGcYYtkEcLHng4lyqBpIEH1qwGEUBrIfvM4dt3Auqd1rpuQFJ7ncZj88k7rQVtwoUR9mw+C5KNuIedIsWSaFzHdabNV0rDvOOydZHIIZKQdjWKIgCzdzZffvueQMO/D/BDKYauS8GiQs6ZIaqeIkSIGVhd6jCOsDk=',
    m: '147c03f7a5bebba406c8fae1874d7f13c80efe79a3a9a874cc09fe76f6997615',
    ciphertext: 'bc29d7df8bc5465d980601d800259793e2603825a572da6cd198a512cc6d1a34',
    sharedSecret: '319839e82ab6b222de7b619e80da8391522bbb37677018494a4742c53f9abfdf',
  },
  {
    spec: 'ML_KEM_768',
    name: 'tcId 14',
    publicKey:
      'qOZRoeaF8iR4qJVPAHvHcRuTB3LHjwkugoeOPpN/NnlnUykTqNU9/fS/sfiEZ0ZZZwXPNFFCuXKj8WMlxAwpUqN7JYl+XvNfuutzpKy+tqC4mULOsZVTHPwKB5k5VEg+bLyHwGqnT/DKxSB+U1smCqmNEZjAfaYFxNEQIPbJ97touzRWxzoBtxC8mdF3OaUXFqoBZgyLYosvVgK6ZfB+qZMzbolug/LFcxu/A0YMW2yK/st0juOR6Yk0osV9TQafUNiLMNaWbzjDe8ZJuCY0znciZFzNYlBjNkZG1taZ21e0XrZ0ZeFt5NQGqBi56uHKkWollEiXCKQ86oiwKkwD0JtEgVyXEByvUEi7yyR64jZs3CVLoiEp9Fs7DrOZypGjA0AoMOwB23sspIDPNQQJshYJS3sMOuM84QqRJOiWUauQHqJTyEFb14JfArsik2mvlyAo8ih16lWvFtO8afcMLui3Xyi0fdOR+Ymt4xRynDMfoEwZF7J4w+tgKGhRKCGtyCXGRXfOHmOx2WRKYSlIo0g8fxuaJYAA4wGWlEpANidgnHbH6mtd4Bdk0kN5EXueophI3FVcRUvOrhulzHLHSrlrnJG5ENJriLJWOdR3iuJsfGFRoZxs15OEVDckZeTF7CkkWss9tTed49q/pimnwEqDU6hTDJWstzK7S7gZMrssp6hIzTZoAURKviPIOzZqh9ajzzYJJMACuukK9lxIBgs3UvK63xqyciByVUpQWXU1lOanAnYfyXaEyMSnVAprB/vJ3ofJdKqICdkox/TLv4BFrqW8Zngl/QWlIfGkv1OSEMcRO8N7Pliwy/xTyEHLsDcd4uURuYnLfHDAIzZtePnDfvBH+HIL4cdZqNlrk/ZalBFP+vYNmoF5XplccRUqRpGlpgKp4fNZnjfHaMe8EImUwGafOtyVfUa0tiVpaOKQ14kuqFRk7np1DznF4xUsLfxW2LDJJLqKlZpoCWVH9mQjyDiYKleUueFTN3EzGpplbCiCi+uRJqYOlejF2QaDLHcQcFV2sfuVByad2vjJXOlxmyyo3REr4QvMn0o3vRse7rM+zadq6faaXUspI6hpV2cdYZM1vhxMLHfOh8QfmKjMRmRg+jAKr1swHwodCciOZdpNjuZPaMAhibuzWEuv9xbIXbZUBIoAQzNIk5OgdCfNPiF+ajRfbCwrE8J7M3JxwLJ7LbqgDSN2ALW1lOjPLdYl6nbPDtiZEiyXlrSwGHAEJYBJpHfNEdaMSbmg57ALzoyseGTLs3UUAIR0TJMGJpTKeVxPQOesycWhiEBy2MONr7UB7kGE3VqBnsJOwWUSYflisXpyFapKdIwVg2w4kTdnggSDjXGVqFtPmKG1dMTNeQnNH4M+/9FIVUMinTdI2bXNbBe5s7hK74vOE+aDczZZx5VC1hV4KnHN7ueSurUb3Eu/6DCOZjFE7ehJGDCtmLRjT2SrqLnAQicmU5IPOAwaF8qHzteqxByCiIeTGBpvduGXt7kO+QlDuzhEkSkR2FUeVGbFdnqwvGGho/c2Fi7AmKkAsS3Y+rv7P+jLHcToMV8q8NMvABeuE24Z8Cg=',
    m: '147c03f7a5bebba406c8fae1874d7f13c80efe79a3a9a874cc09fe76f6997615',
    ciphertext: '36829a2f35cbf4deb62c0a12a15c22dae9f8d2c252566fc24f88abe805cb575e',
    sharedSecret: 'e7184a0975ee3470878d2d159ec83129c8aec253d4ee17b4810311d198cd0368',
  },
  {
    spec: 'ML_KEM_1024',
    name: 'tcId 18',
    publicKey:
      'U3kRlXwSUUiof0FYnLIi0NGSKeLLVeGgRHkefKYRkqRkYMMYPSvNbeCKXnZRYDrMNJyhbLoYq7I6PowzDXQhWYpieOx+v6vKDvSIsikFVHU0mcBFLkU4FTCZVbgVD6Gh45M4bcEv2yezjGdF8pRAFuxFfzmxjWBKB6Gr4HvIRAUP+ooG+hVKSdiPrHdUUtanwOWJv7XDcMLEtiAd2oDJqyB27MCLRFIv2jMm8DOAbdJpPzGXOfQMT0KySspwmPuP9fmsICktArVqx0aAGszMhIY97jKHhJe2lDi/mRd2KGZQSCyNnZWHvGpVuFxNf6dNAmVrQhyeI+A6SNS3RCXCbkog3ZVipNoHk/OjUszA8YIX2GjH9QAqvnaLH8c/BXROfMKPEDRAYsEOCOzM7TwffTksAdl53XGNg5g3RmWhaphwWFw51ViaUOEzOJybmidsAkJg2fx3EcgbYze1faPDdtDNdOFMc3J7J2ZWudik63GJb/WJ1LiT5xEPO7lI7OKR3YbAt0aKZ4x0aYDBKqa5XisMvkMxuySjOicBU6pHLEcxI4LKNlxfNSWdAldG/GWV/mNsdnUQppweihdreUmVjyaXOZSXovxzZKEsgZgpUjnIJstQgghgdygu1ihlH8BMY5tDhSKp3jCbFLCG1ukjxVFiO9cqczyw2rxUqUFqmecsn9ocs/uboGuK2yQi1oytxVPJggKhdlZHisBE7zRWN4q86ZkeAUG6eQlPqPd6MAgF0tMv/GK/DKRVTDMMK7cELbNRAvaLGgBiWDhlOBx03ZE69wsmzwkj0MTLlxaSIiVSqPS3iLSv0TQanfQVzyA5APXM9/ZZiJSadVgNBJY5hTEAhUsh9AGAA1ArsbqV9Val1nx+tSQQ66KIptBjXKik9taW0KAgyCaTjTSUPDgIx5zAB3aFMyFrwbKdpsgS7/M0C6qNLmU0Twm9R4lPWjpBGHFbPFAgZ5Mn+RiffhCFayOLubCrTKhav0sh9cdrzNcYULIuBFkoJ2oPLpUdsHB8ahFtwZET+nYtxfIL1dKrW+cXRNycvbUep1eWOqxWqQoNgCO+0fXK6KZNoEcnmzU6CWqDWwsrAjtqoEiYkjMHmutGflIvonpYIpIeXFUbT1N1NuRvOmqX5yw7BjEE4JoEBZiUDYcvbYcfXvm0NVBztUdp5FRU5qCBlZlAhiGrRBOzVQew31eM4tUR1SBY1XSd84sp1sxYhwyvkvaadRYUBuccX/kkUad1IriylnotWKSagWYaplrAmwjJ/kWrw4UfmccwxFADrKK/D4QkoZt0CKU31UHBb1aCv+On+upWTxKYYRp/X2CSK6Gd5zsZF/GFMnNVUZmmSTGLUHczRcmXRghWlyrLQ/yBq2MhscM8K7UJi9SJ1pag9wZ5wSE4c9CL2tQoRJJyFgRyBWMyEjEO6aBssQAWyAVQPDQaNth+Vgcuq+I3MeNK9+Iyj4XNs3DMrwBRW2TJxUvIN1eER6rPrtWWmqNR59pO+nsRXExR9KaZd5hQKVynLXga1BvGgFMriecQ4hies8UIF7olXHR0yVypEQzEO4uo5oLH+3sP3CZcBIOmXKRRTuS4MqrFgAw7COdPVjlRwfuyEDU++hqoZoVrweA0czsEhdqx0CDGv3Zf9gs7gBmEqQwv6XC/HelwBKbPRLSYSrWCWLSvcSIc0XUwpwDDKVnJQ2NEtTFvCczKcCmiMNY53LAi2Lp5upHNarEq4VecUMe7EOMDAaZcrjEB1Ax7qSe7VTFI0WRwJNSgbIFm0LC4Emm31fSzT7Ai9pFS9RQASnxoU2hVI0O7YDYPu5lF7fRG00W9yqdFXHS6ClUeGEYg/vl2iHc9ULZDPKenrFy2t/ZxoVN25aZ0emI/p7xmMDc/WxtRJpCmYTd4cKYKehiWg/mwzwRm4fdQdiYxxKsJ9QXELdKGM1aUcnNUQoUeMhYW1ACYEHd7a9RvpyJEYaXMJ0Bd+6wNObACyrM0M/KobrjOkcE0pjhvhgoZlOtLaHWkbRlVgdFzhUtT0ik98+moInVs2PISsyXKKbT5+M+63y5Bhpq/utEHOK0EzHUrwgw5R0aFDgxIR9s=',
    m: '147c03f7a5bebba406c8fae1874d7f13c80efe79a3a9a874cc09fe76f6997615',
    ciphertext: '508136a13f8a7920e3434498c6975cbbab457d809309eb2f92453e7409738210',
    sharedSecret: '489dd1e9c2be4af3482bdb35bb26ce760e6e414da6ecbe489985748a825f1cd6',
  },
];
