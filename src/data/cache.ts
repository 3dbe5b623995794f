import type { ICache } from './cache-ref';
import { ValkeyCache, type ValkeyCacheProps } from './valkey-cache';

/** The caches a system can use. Your own: implement `ICache`. */
export class Cache {
  /**
   * Valkey on Amazon ElastiCache, over several zones, which fails over by itself: encrypted at rest and on the way, with a password.
   * Speaks the protocol of Redis.
   *
   * @throws InvalidCache naming everything that is wrong
   */
  public static valkey(props: ValkeyCacheProps): ICache {
    return new ValkeyCache(props);
  }

  private constructor() {}
}
