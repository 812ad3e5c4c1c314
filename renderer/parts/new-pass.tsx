// The pass of somebody who has just registered, shown once: huge enough for any phone's camera, what it is for, how to keep it.

import type { Catalogue } from '../text/catalogue.ts'
import { Icon } from './icons.tsx'
import { QrPicture } from './qr-picture.tsx'

export function NewPass({ pass, text }: { pass: string; text: Catalogue }) {
  const { register: words } = text
  return (
    <div className="new-pass">
      <div className="new-pass-code">
        <QrPicture text={pass} spoken={words.passSpoken} />
      </div>
      <div className="new-pass-words">
        <h1 className="display">{words.passTitle}</h1>
        <p className="lead lead-strong">{words.passFor}</p>
        <p className="new-pass-keep">
          <Icon name="mobile" />
          <span>{words.passKeep}</span>
        </p>
        <p className="lead">{words.passCard}</p>
      </div>
    </div>
  )
}
