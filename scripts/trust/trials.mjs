// The trials as docs/trust.md tells of them: what each shows, and its size by day and at night.

export const trials = [
  [
    'T1',
    'every answer is the one of a reference model that shares no code with the engine',
    '2,000 runs, 150,000 commands',
    '100,000 runs',
  ],
  ['T2', 'calls that come at once are answered as if they came one by one', '500 runs of 12 calls', '20,000'],
  [
    'T3',
    'no fault of network, clock or process breaks an invariant over several Regions, and all converge',
    '300 seeds',
    '50,000',
  ],
  [
    'T4',
    'two evaluators of policies that share nothing decide alike, by the same statement',
    '50,000 decisions',
    '5,000,000',
  ],
  ['T5', 'fourteen laws of authorization, P1 to P14', '5,000 cases each', '500,000 each'],
  ['T7', 'no bytes at the socket crash or stall the server, or disturb others', '30,000 requests', '3,000,000'],
  ['T8', 'no altered signature is accepted', '2,000 alterations', '200,000'],
  ['T9', 'published vectors and examples of standards, on both backends', 'slow files by sample', 'every vector'],
  ['T10', 'both backends give the same bytes, and take what the other made', '3,000 cases', '300,000'],
  [
    'T11',
    'no bit, cut, splice or context but its own opens a ciphertext',
    '20 blobs, 1,000,000 pairs of contexts',
    '1,000 blobs, 100,000,000 pairs',
  ],
  ['T12', 'no nonce of a key and no id comes twice, whatever is forked or restored', '1,000,000 nonces', '50,000,000'],
  ['T15', 'memory and speed stay as they are under load', '60 seconds', '30 minutes'],
  ['T16', 'ten times the load refuses what is too much and goes on', '30 seconds', '10 minutes'],
  ['T17', 'quotas let pass what every window has room for, and nothing else', '5,000 sequences', '1,000,000'],
  ['T18', 'no secret is in anything that is printed, logged or thrown', 'every operation', 'and a heap snapshot'],
  [
    'T19',
    'one seed is one hash, under every locale, time zone, number of threads and Node',
    '5 seeds, 4 settings',
    '200 seeds',
  ],
  ['T20', 'a changed engine fails a test (mutation testing)', 'on request', 'on request'],
  ['T21', 'every seeded bug is caught by the test that is named for it', '37 bugs', '37 bugs'],
  ['T22', 'hostile values into every public method end in an answer or an error of ours', '20,000 calls', '2,000,000'],
];
