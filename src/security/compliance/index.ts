export * from './compliance-control';
export * from './compliance-evidence';
export * from './compliance-framework';
export * from './compliance-map';
export * from './compliance-measure';
