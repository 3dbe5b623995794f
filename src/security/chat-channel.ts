import { Names, Stack } from 'aws-cdk-lib';
import * as chatbot from 'aws-cdk-lib/aws-chatbot';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';

/** Which channel of Slack. */
export interface SlackChannelOptions {
  /** Id of the workspace, for example `T0123ABCD`: authorize it in the console of Amazon Q Developer first. */
  readonly workspaceId: string;
  /** Id of the channel, for example `C0123ABCD`. Invite the application to it. */
  readonly channelId: string;
}

/** Which channel of Microsoft Teams. */
export interface TeamsChannelOptions {
  /** Id of the tenant, a UUID. */
  readonly tenantId: string;
  /** Id of the team, a UUID: authorize it in the console of Amazon Q Developer first. */
  readonly teamId: string;
  /** Id of the channel, as its link has it, for example `19%3a…%40thread.tacv2`. */
  readonly channelId: string;
}

/**
 * A channel that people chat in, and that notices are posted to by Amazon Q Developer in chat applications (formerly AWS Chatbot). It
 * can only tell: its role may do nothing, and its guardrail denies everything, so that no command runs from a chat.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/security.html
 */
export class ChatChannel {
  /**
   * A channel of Slack.
   *
   * @throws InvalidChatChannel when an id is not one
   */
  public static slack({ workspaceId, channelId }: SlackChannelOptions): ChatChannel {
    const problems = new Problems(undefined, 'InvalidChatChannel');
    problems.require(/^[0-9A-Z]{1,255}$/.test(workspaceId), `workspaceId reads like T0123ABCD, got "${workspaceId}"`);
    problems.require(/^[A-Za-z0-9]{1,255}$/.test(channelId), `channelId reads like C0123ABCD, got "${channelId}"`);
    problems.throwIfAny();
    return new ChatChannel(
      (scope, common) =>
        new chatbot.CfnSlackChannelConfiguration(scope, 'Slack', {
          ...common,
          slackWorkspaceId: workspaceId,
          slackChannelId: channelId,
        }),
    );
  }

  /**
   * A channel of Microsoft Teams.
   *
   * @throws InvalidChatChannel when an id is not one
   */
  public static microsoftTeams({ tenantId, teamId, channelId }: TeamsChannelOptions): ChatChannel {
    const uuid = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;
    const problems = new Problems(undefined, 'InvalidChatChannel');
    problems.require(uuid.test(tenantId), `tenantId must be a UUID, got "${tenantId}"`);
    problems.require(uuid.test(teamId), `teamId must be a UUID, got "${teamId}"`);
    problems.require(
      /^([a-zA-Z0-9-_=+/.,])*%[0-9A-Za-z-_%.]*$/.test(channelId),
      `channelId reads like 19%3a…%40thread.tacv2, as the channel's link has it, got "${channelId}"`,
    );
    problems.throwIfAny();
    return new ChatChannel(
      (scope, common) =>
        new chatbot.CfnMicrosoftTeamsChannelConfiguration(scope, 'Teams', {
          ...common,
          teamsTenantId: tenantId,
          teamId,
          teamsChannelId: channelId,
        }),
    );
  }

  private constructor(private readonly make: (scope: Construct, common: CommonProps) => void) {}

  /**
   * Called by FindingRouting.
   *
   * @internal
   */
  public _bind(scope: Construct, topicArn: string): void {
    const role = new ManagedPolicyRole(scope, 'Role', {
      description: 'Posts notices to a chat, and may do nothing else',
      assumedBy: new iam.ServicePrincipal('chatbot.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    });
    this.make(scope, {
      configurationName: Names.uniqueResourceName(scope, { maxLength: 64, separator: '-' }),
      iamRoleArn: role.roleArn,
      snsTopicArns: [topicArn],
      guardrailPolicies: [`arn:${Stack.of(scope).partition}:iam::aws:policy/AWSDenyAll`],
      loggingLevel: 'ERROR',
    });
  }
}

interface CommonProps {
  readonly configurationName: string;
  readonly iamRoleArn: string;
  readonly snsTopicArns: string[];
  readonly guardrailPolicies: string[];
  readonly loggingLevel: string;
}
