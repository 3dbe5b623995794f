// aws-cdk-lib validates every synthesized template with a WebAssembly engine that takes seconds to start, once per test
// file. Tests that want it switch it on: process.env.CDK_VALIDATION = 'true'.
process.env.CDK_VALIDATION ??= 'false';
