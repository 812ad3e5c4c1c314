// What it is, why, and what to do next: the shape of every refusal and every trouble, so that none is a dead end.

import type { Said } from '../text/catalogue.ts'
import { Icon, type IconName } from './icons.tsx'
import { WholeWords } from './whole-words.tsx'

export function SaidBlock({ said, icon, tone }: { said: Said; icon: IconName; tone: 'calm' | 'warm' | 'good' }) {
  return (
    <section className="said" data-tone={tone}>
      <span className="said-icon">
        <Icon name={icon} />
      </span>
      <h2 className="said-what"><WholeWords text={said.what} /></h2>
      <p className="said-why"><WholeWords text={said.why} /></p>
      <p className="said-next">
        <Icon name="next" />
        <span><WholeWords text={said.next} /></span>
      </p>
    </section>
  )
}
