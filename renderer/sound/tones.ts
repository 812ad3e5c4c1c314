// Four short sounds, made here, none of them loud: read, done, refused, warning. At night people sleep in a station, so they
// are quieter then. Where the machine has no sound they are silently left out: a word and a shape say the same.

import type { SoundName } from '../flow/flow-state.ts'

interface Note {
  hertz: number
  startMs: number
  lengthMs: number
}

const NOTES: Record<SoundName, readonly Note[]> = {
  read: [{ hertz: 880, startMs: 0, lengthMs: 90 }],
  done: [
    { hertz: 659, startMs: 0, lengthMs: 120 },
    { hertz: 880, startMs: 120, lengthMs: 120 },
    { hertz: 1175, startMs: 240, lengthMs: 220 },
  ],
  refused: [
    { hertz: 330, startMs: 0, lengthMs: 140 },
    { hertz: 247, startMs: 160, lengthMs: 220 },
  ],
  warning: [
    { hertz: 587, startMs: 0, lengthMs: 150 },
    { hertz: 587, startMs: 260, lengthMs: 150 },
  ],
}

const DAY_GAIN = 0.25
const NIGHT_GAIN = 0.06
const NIGHT_FROM_MINUTE = 22 * 60
const NIGHT_TO_MINUTE = 7 * 60
const FADE_SECONDS = 0.012

export function gainAt(minuteOfDay: number): number {
  return minuteOfDay >= NIGHT_FROM_MINUTE || minuteOfDay < NIGHT_TO_MINUTE ? NIGHT_GAIN : DAY_GAIN
}

export interface Tones {
  play(name: SoundName, minuteOfDay: number): void
}

export function openTones(host: { AudioContext?: typeof AudioContext }): Tones {
  // At once: opening it takes 60 to 150 ms, which the first person's greeting would wait for.
  const sounding = host.AudioContext === undefined ? null : new host.AudioContext()
  return {
    play(name, minuteOfDay) {
      if (sounding === null) return
      // A page that nobody has touched yet may not sound; the first touch lets it.
      if (sounding.state === 'suspended') sounding.resume().catch((error: unknown) => console.info('no sound yet', error))
      for (const note of NOTES[name]) playNote(sounding, note, gainAt(minuteOfDay))
    },
  }
}

function playNote(context: AudioContext, note: Note, gain: number): void {
  const start = context.currentTime + note.startMs / 1000
  const end = start + note.lengthMs / 1000
  const volume = context.createGain()
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(gain, start + FADE_SECONDS)
  volume.gain.setValueAtTime(gain, end - FADE_SECONDS)
  volume.gain.linearRampToValueAtTime(0, end)
  const tone = context.createOscillator()
  tone.type = 'sine'
  tone.frequency.value = note.hertz
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(end)
}
