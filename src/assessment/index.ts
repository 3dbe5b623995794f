export * from './resilience-check'; // what is checked
export * from './resilience-checks'; // the judge, as a plugin of CDK
