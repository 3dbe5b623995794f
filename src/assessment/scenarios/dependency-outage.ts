import type { Component } from '../graph';
import { booleanOf, entryOf, itemsOf, type Resource, referencesIn, textOf, textsIn, type Value } from '../model';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';

export const dependencyOutage: Scenario = {
  id: 'R2',
  title: 'A clearing house goes dark, United States, February 2024',
  happened:
    'Ransomware stopped a clearing house that pharmacies and hospitals depend on; ten weeks later a third of its services were back.',
  when: ['externalDependencyLoss'],
  source: 'https://www.modernhealthcare.com/cybersecurity/change-healthcare-dated-system-restoration',
  play: (scene) => {
    const running = scene.all.filter(({ role }) => role === 'compute');
    const starts = running.flatMap(startOf);
    const nothing = holds('nothing here starts with a command of its own');
    return [
      assertion('no start-up command fetches anything from the internet', starts.map(fetches), nothing),
      assertion(
        'images come by digest from the registry of their own Region',
        starts.flatMap(({ images, component }) => images.map((image) => pinned(image, component))),
        holds('nothing here starts from a container image'),
      ),
      assertion(
        'calls to AWS stay inside the network where it has an endpoint for them',
        scene.around('AWS::EC2::VPCEndpoint').filter(isInterface).map(isTaken),
        holds('the network has no endpoint of its own'),
      ),
      assertion('there is another way to each partner, or a manual procedure', [
        unsure('list the partners and what is done without each: no template shows them'),
      ]),
    ];
  },
};

function isInterface(endpoint: Resource): boolean {
  const service = textOf(endpoint.property('ServiceName')) ?? '';
  return textOf(endpoint.property('VpcEndpointType')) === 'Interface' && service.startsWith('com.amazonaws.');
}

/** Without private DNS the public name leads out, past the endpoint. */
function isTaken(endpoint: Resource): Observation {
  return booleanOf(endpoint.property('PrivateDnsEnabled')) === true
    ? holds('the name of the service leads to it', endpoint)
    : unsure(`say which name calls take: ${endpoint.path} has no private DNS`, endpoint);
}

interface Start {
  readonly component: Component;
  /** Where the commands stand. */
  readonly holder: Resource;
  readonly commands: readonly Value[];
  readonly images: readonly Value[];
}

function startOf(component: Component): Start[] {
  const { resource } = component;
  const tasks = referencesIn(resource.property('TaskDefinition')).map(({ resource: task }) => {
    const containers = itemsOf(task.property('ContainerDefinitions'));
    const commands = containers.flatMap((container) => [
      entryOf(container, 'Command'),
      entryOf(container, 'EntryPoint'),
    ]);
    return { component, holder: task, commands, images: containers.map((container) => entryOf(container, 'Image')) };
  });
  const launches = ['LaunchTemplate', 'MixedInstancesPolicy', 'LaunchConfigurationName']
    .flatMap((property) => referencesIn(resource.property(property)))
    .map(({ resource: launch }) => {
      const commands = [launch.property('LaunchTemplateData', 'UserData'), launch.property('UserData')];
      return { component, holder: launch, commands, images: [] };
    });
  const own = { component, holder: resource, commands: [resource.property('UserData')], images: [] };
  return [...tasks, ...launches, own].filter(
    ({ commands }) => commands.some(({ kind }) => kind !== 'absent') || tasks.length > 0,
  );
}

/** Downloads by address, and package managers, whose mirrors are on the internet unless somebody set others. */
const DOWNLOADS =
  /https?:\/\/(?![^/\s'"]*amazonaws\.com)[^\s'"]+|\b(?:yum|dnf|apt(?:-get)?|apk|pip3?|npm|gem)\s+(?:-\S+\s+)*(?:install|add|update|upgrade)\b/;

function fetches({ commands, holder }: Start): Observation {
  const texts = commands.flatMap((command) => textsIn(command));
  const found = texts.map((text) => DOWNLOADS.exec(text)?.[0]).find((match) => match !== undefined);
  if (found !== undefined) {
    return broken(`${holder.path} starts with ${found}`, holder);
  }
  const open = commands.find(({ kind }) => kind === 'unknown');
  return open?.kind === 'unknown' ? unsure(open.reason, holder) : holds('its commands fetch nothing', holder);
}

function pinned(image: Value, { path, resource, region }: Component): Observation {
  const texts = textsIn(image);
  if (texts.length === 0) {
    return unsure(`give the image of ${path}: the template does not decide it`, resource);
  }
  const text = textOf(image) ?? texts.join('…');
  const registry = /\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(text)?.[1];
  if (registry === undefined && !/\.dkr\.ecr/.test(text)) {
    return image.kind === 'text' && image.parts.some((part) => typeof part !== 'string' && part.kind === 'reference')
      ? ownRepository(text, path, resource)
      : broken(`${path} starts from ${text}, which is not in a registry of the account`, resource);
  }
  if (registry !== undefined && region !== undefined && registry !== region) {
    return broken(`${path} starts from an image in ${registry}`, resource);
  }
  return ownRepository(text, path, resource);
}

/** Assets of CDK are tagged with the hash of what they contain. */
function ownRepository(text: string, path: string, resource: Resource): Observation {
  return /@sha256:|:[0-9a-f]{64}$/.test(text)
    ? holds('by digest, from its own Region', resource)
    : broken(`${path} starts from an image that is named by a tag: ${text}`, resource);
}
