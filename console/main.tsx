// Where the office's pages begin.

import './app/zod-without-eval.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { SessionOf } from './app/session.tsx'
import { LanguageOf } from './text/language.tsx'
import './styles/index.css'

const place = document.getElementById('office')
if (place === null) throw new Error('the page has no place for the office')

createRoot(place).render(
  <LanguageOf>
    <SessionOf>
      <App />
    </SessionOf>
  </LanguageOf>,
)
