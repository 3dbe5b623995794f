export const HELP = `cdk-resilient-ehr assess [<cdk.out | directory | template> …] [options]

Plays failures through what CloudFormation templates describe: what does not come back, what comes back too late, what
stands alone, and what nobody can know from templates. Reads files only; calls nothing.

  <cdk.out>               a cloud assembly that cdk synth wrote, with every stage, stack and nested stack in it
  <directory>             templates in a directory without a manifest
  <template>              a template in JSON or YAML, made by whatever means
                          (cdk.out if nothing is given)

  --objectives FILE       what systems must achieve, in the shape of the template metadata; adds to what templates declare
  --parameter NAME=VALUE  the value of a template parameter; repeat it for more
  --region REGION         where templates without a manifest go
  --scope SCOPE           judge only this failure; repeat it, or separate with commas: COMPONENT, AVAILABILITY_ZONE,
                          TWO_AVAILABILITY_ZONES, REGION, CONTROL_PLANE, DELETION, CORRUPTION, ACCOUNT, CONNECTIVITY;
                          DEPLOYMENT for rules about what does not deploy
  --rules, --no-rules     whether to check the rules too (default: yes)
  --scenarios, --no-scenarios
                          whether to replay outages that happened (default: yes, unless --scope asks for less). They
                          show; they do not fail
  --fail-on WHAT          exit with 1 for: none, miss (objectives missed), error (and broken rules that are errors; the
                          default), unknown (and what cannot be decided). What somebody accepted does not fail
  --json                  one JSON document, schemaVersion 1
  -h, --help              this
  -v, --version           the version

Exit codes: 0 nothing to fail on, 1 findings at or above --fail-on, 2 the input or the options cannot be used,
3 the judge itself failed.

Examples:
  npx cdk synth -q && npx cdk-resilient-ehr assess cdk.out
  npx cdk-resilient-ehr assess cdk.out --objectives objectives.json --fail-on unknown
  npx cdk-resilient-ehr assess network.yaml database.yaml --region eu-central-1 --parameter MultiAz=true
  npx cdk-resilient-ehr assess cdk.out --scope REGION --no-rules --json > region.json
`;
