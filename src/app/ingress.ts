import { HttpsIngress, type HttpsIngressProps } from './https-ingress';
import type { IIngress } from './ingress-ref';

/** Ways into a system. */
export class Ingress {
  /** HTTPS, through an Application Load Balancer in every zone. */
  public static https(props: HttpsIngressProps): IIngress {
    return new HttpsIngress(props);
  }

  private constructor() {}
}
