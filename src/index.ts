export * from './core'; // words everyone shares
export * from './network'; // zones that do not depend on each other
export * from './data'; // where records live
export * from './security'; // see and stop an intruder
export * from './app'; // survive a zone
export * from './dr'; // survive a Region
export * from './assessment'; // judge any template
export * as mixins from './security/mixins'; // harden single resources of any app
