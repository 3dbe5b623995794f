/** An operating system whose instances are patched. */
export enum PatchedSystem {
  /** Windows Server: critical and security updates of Microsoft. */
  WINDOWS = 'WINDOWS',
  /** Amazon Linux 2023: security updates. */
  AMAZON_LINUX_2023 = 'AMAZON_LINUX_2023',
  /** Amazon Linux 2: security updates. */
  AMAZON_LINUX_2 = 'AMAZON_LINUX_2',
  /** Red Hat Enterprise Linux: security advisories. */
  RED_HAT = 'REDHAT_ENTERPRISE_LINUX',
}
