// What the command says and ends with 1: the caller can mend it, so no stack is shown.

export class CommandError extends Error {}
