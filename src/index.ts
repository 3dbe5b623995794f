export * from './app'; // survive a zone
export * from './core'; // words everyone shares
export * from './data'; // where records live
export * from './network'; // zones that do not depend on each other
