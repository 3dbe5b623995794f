export { canFailAlone, componentFault, type Fault, pairsOf, undecidedCount, zoneFault } from './fault';
