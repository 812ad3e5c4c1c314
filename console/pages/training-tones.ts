// How the states of trainings and certificates look.

import type { CertificateState } from '../../contract/console/certificates.ts'
import type { TrainingState } from '../../contract/console/trainings.ts'
import type { Tone } from '../parts/said.tsx'

export const TRAINING_TONES: Record<TrainingState, Tone> = { to_come: 'good', under_way: 'warm', over: 'plain', cancelled: 'bad' }
export const CERTIFICATE_TONES: Record<CertificateState, Tone> = { valid: 'good', ending: 'warm', expired: 'plain' }
