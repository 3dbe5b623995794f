export * from './cross-region-dr';
export * from './dns-failover';
export * from './failover';
export * from './failover-ref';
export * from './manual-failover';
export * from './recovery-estimate';
export * from './recovery-landing';
export * from './region-switch-failover';
