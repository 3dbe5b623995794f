import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import type { Construct } from 'constructs';
import { fail } from '../core/private/fail';

/** From which severity on a finding gets a ticket, as OCSF numbers them. */
const HIGH_SEVERITY_ID = 4;

/** How to reach ServiceNow. */
export interface ServiceNowOptions {
  /** Name of the instance, the part before `.service-now.com`. */
  readonly instanceName: string;
  /** The secret with its client id and secret, in the form Security Hub asks for. */
  readonly credentials: secretsmanager.ISecret;
}

/**
 * A ticket system that the unified Security Hub opens tickets in, without a function in between. A ticket holds the finding
 * with its resource names: leave patient data out of those.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-integrations-ticketing.html
 */
export class TicketConnector {
  /**
   * Jira Cloud. After the deployment somebody must authorize the connection in the console of Security Hub, once.
   *
   * @param projectKey key of the project, for example `SEC`
   * @throws InvalidTicketConnector when the key is not one
   */
  public static jiraCloud(projectKey: string): TicketConnector {
    if (!/^[A-Z][A-Z0-9_]*$/.test(projectKey)) {
      fail(undefined, 'InvalidTicketConnector', `a project key of Jira reads like SEC, got "${projectKey}"`);
    }
    return new TicketConnector('jira', { jiraCloud: { projectKey } });
  }

  /**
   * ServiceNow.
   *
   * @throws InvalidTicketConnector when the instance is not named
   */
  public static serviceNow({ instanceName, credentials }: ServiceNowOptions): TicketConnector {
    if (instanceName.trim() === '' || instanceName.includes('.')) {
      fail(
        undefined,
        'InvalidTicketConnector',
        `instanceName is the part before .service-now.com, got "${instanceName}"`,
      );
    }
    return new TicketConnector('servicenow', { serviceNow: { instanceName, secretArn: credentials.secretArn } });
  }

  private constructor(
    private readonly name: string,
    private readonly provider: securityhub.CfnConnectorV2.ProviderProperty,
  ) {}

  /**
   * Called by SecurityHub.
   *
   * @internal
   */
  public _connector(scope: Construct): securityhub.CfnConnectorV2 {
    return new securityhub.CfnConnectorV2(scope, 'Tickets', { name: `${this.name}-tickets`, provider: this.provider });
  }

  /**
   * Called by SecurityHub.
   *
   * @internal
   */
  public _rule(scope: Construct, connector: securityhub.CfnConnectorV2): securityhub.CfnAutomationRuleV2 {
    return new securityhub.CfnAutomationRuleV2(scope, 'TicketRule', {
      ruleName: `${this.name}-tickets`,
      description: 'Opens a ticket for each critical or high finding',
      ruleOrder: 1,
      ruleStatus: 'ENABLED',
      criteria: {
        ocsfFindingCriteria: {
          compositeFilters: [
            {
              numberFilters: [{ fieldName: 'vendor_attributes.severity_id', filter: { gte: HIGH_SEVERITY_ID } }],
              operator: 'AND',
            },
          ],
          compositeOperator: 'AND',
        },
      },
      actions: [
        {
          type: 'EXTERNAL_INTEGRATION',
          externalIntegrationConfiguration: { connectorArn: connector.attrConnectorArn },
        },
      ],
    });
  }
}
