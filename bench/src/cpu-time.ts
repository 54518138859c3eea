// What work costs the processor, whoever else uses it meanwhile.

/** CPU milliseconds of this process while `work` ran, with the threads that collect its garbage and compile its code. */
export async function cpuMilliseconds(work: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await work();
  const { system, user } = process.cpuUsage(began);
  return (system + user) / 1e3;
}
