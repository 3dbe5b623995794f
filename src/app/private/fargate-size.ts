/** Memory, in MiB, that AWS Fargate takes with a number of CPU units. */
interface MemoryRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const MEMORY: Record<number, MemoryRange> = {
  512: { from: 1024, to: 4096, step: 1024 },
  1024: { from: 2048, to: 8192, step: 1024 },
  2048: { from: 4096, to: 16384, step: 1024 },
  4096: { from: 8192, to: 30720, step: 1024 },
  8192: { from: 16384, to: 61440, step: 4096 },
  16384: { from: 32768, to: 122880, step: 8192 },
};
const QUARTER_VCPU_MEMORY = [512, 1024, 2048];

/** Why Fargate would refuse a task of this size; undefined if it would not. Neither CloudFormation nor CDK checks it. */
export function refusedTaskSize(cpu: number, memoryLimitMiB: number): string | undefined {
  if (cpu === 256) {
    return QUARTER_VCPU_MEMORY.includes(memoryLimitMiB)
      ? undefined
      : `memoryLimitMiB with 256 CPU units must be one of ${QUARTER_VCPU_MEMORY.join(', ')}, got ${memoryLimitMiB}`;
  }
  const range = MEMORY[cpu];
  if (!range) {
    return `cpu must be one of 256, ${Object.keys(MEMORY).join(', ')}, got ${cpu}`;
  }
  const { from, to, step } = range;
  const fits = memoryLimitMiB >= from && memoryLimitMiB <= to && memoryLimitMiB % step === 0;
  return fits
    ? undefined
    : `memoryLimitMiB with ${cpu} CPU units must be ${from} to ${to} in steps of ${step}, got ${memoryLimitMiB}`;
}
