export * from './bucket-tls-only';
export * from './database-not-public';
export * from './key-rotated';
export * from './launch-template-imds-v2';
export * from './log-group-kept';
