export * from './network-ref';
