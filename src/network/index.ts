export * from './clinical-network';
export * from './egress';
export * from './hospital-link';
export * from './hospital-site';
export * from './network';
export * from './network-ref';
export * from './site-link';
