export * from './compute-ref';
export * from './ingress-ref';
