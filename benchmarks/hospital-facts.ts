import * as path from 'node:path';

/** What the reference hospital and its hand-written twin have in common: facts of the application, not of any construct. */
export const SYSTEM_NAME = 'hapi-fhir';
export const PRIMARY_REGION = 'us-east-1';
export const RECOVERY_REGION = 'us-west-2';
export const SYSTEM_ACCOUNT = '111111111111'; // placeholders, as in the example
export const VAULT_ACCOUNT = '222222222222';
export const ON_CALL = 'on-call@example.org';
export const DOMAIN_NAME = 'ehr.example.org';
export const HOSTED_ZONE = { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.org' };
/** Benchmarks and tests run in the root of the repository. */
export const IMAGE_DIRECTORY = path.resolve('examples', 'hapi-fhir');
export const ENVIRONMENT = {
  SPRING_DATASOURCE_DRIVER_CLASS_NAME: 'org.postgresql.Driver',
  SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: '10',
  SPRING_DATASOURCE_HIKARI_MAX_LIFETIME: '900000',
  HIBERNATE_DIALECT: 'ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect',
  SPRING_JPA_PROPERTIES_HIBERNATE_SEARCH_ENABLED: 'false',
  MANAGEMENT_ENDPOINT_HEALTH_PROBES_ADD_ADDITIONAL_PATHS: 'true',
  JAVA_TOOL_OPTIONS: '-XX:MaxRAMPercentage=75',
};
