import { refusedTaskSize } from '../../../src/app/private/fargate-size';

test.each([
  [256, 512],
  [256, 2048],
  [512, 1024],
  [1024, 8192],
  [2048, 4096],
  [4096, 30720],
  [8192, 20480],
  [16384, 122880],
])('Fargate takes %d CPU units with %d MiB', (cpu, memory) => {
  expect(refusedTaskSize(cpu, memory)).toBeUndefined();
});

test.each([
  [300, 512, 'cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, got 300'],
  [256, 4096, 'must be one of 512, 1024, 2048, got 4096'],
  [1024, 1024, 'with 1024 CPU units must be 2048 to 8192 in steps of 1024, got 1024'],
  [1024, 2500, 'in steps of 1024, got 2500'],
  [8192, 17408, 'in steps of 4096, got 17408'],
])('Fargate refuses %d CPU units with %d MiB', (cpu, memory, reason) => {
  expect(refusedTaskSize(cpu, memory)).toContain(reason);
});
