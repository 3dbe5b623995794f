export * from './clinical-network';
export * from './egress';
export * from './network';
export * from './network-ref';
