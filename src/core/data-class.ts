/** What the data of a system is about. Tagged on every resource as `ehr:data-class`, so that policies and inventories can tell. */
export enum DataClass {
  /** Protected health information: identifies a patient. 45 CFR 160.103. */
  PHI = 'PHI',
  /** Health information without what identifies a patient. 45 CFR 164.514. */
  DE_IDENTIFIED = 'DE_IDENTIFIED',
  /** Made-up patients: training, test, sandbox. */
  SYNTHETIC = 'SYNTHETIC',
  /** Nothing about patients. */
  NON_CLINICAL = 'NON_CLINICAL',
}
