import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * A role whose grants land in a customer managed policy instead of an inline one, which auditors can list, reuse and bound
 * (HIPAA.Security-IAMNoInlinePolicy).
 */
export class ManagedPolicyRole extends iam.Role {
  private managedPolicy?: iam.ManagedPolicy;

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.managedPolicy ??= new iam.ManagedPolicy(this, 'Policy', { roles: [this] });
    this.managedPolicy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.managedPolicy };
  }
}
