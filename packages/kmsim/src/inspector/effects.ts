// What time does to a key, in words.

/** What will happen, by the name of the effect. */
export const effects: Readonly<Record<string, string>> = {
  rotate: 'is rotated',
  expire: 'loses its imported material',
  delete: 'is deleted',
  'finish rotation': 'ends its rotation',
  'end grant': 'loses a grant that was given up',
  connect: 'changes its connection',
};

/** What has happened, by the name of the event. */
export const doings: Readonly<Record<string, string>> = {
  RotateKey: 'was rotated',
  DeleteKey: 'was deleted',
  DeleteExpiredKeyMaterial: 'lost its imported material',
  SynchronizeMultiRegionKey: 'was synchronized with its related keys',
};
