// The gallery's page: `?state=ID` draws that state and nothing else; without one it lists them all. `lang=en`, `lowreach=1`,
// `night=1` say how; the window's size says which panel. The page listens to `showGalleryState` so that shots and tests need
// not load it anew for each picture.

import { useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import '../styles/index.css'
import './gallery.css'
import type { FlowState } from '../flow/flow-state.ts'
import { loadDictionary } from '../pinyin/load-dictionary.ts'
import { KioskFace } from '../screens/kiosk-face.tsx'
import { CATALOGUES } from '../text/catalogues.ts'
import type { PanelKind } from './demo-view.ts'
import { GALLERY_STATES } from './gallery-states.ts'

interface Wanted {
  search: string
}

declare global {
  interface Window {
    showGalleryState: (search: string) => void
  }
}

let wanted: Wanted = { search: window.location.search }
const listeners = new Set<() => void>()
window.showGalleryState = (search) => {
  wanted = { search }
  for (const listener of listeners) listener()
}

function Gallery() {
  const { search } = useSyncExternalStore(listen, () => wanted)
  const query = new URLSearchParams(search)
  const state = GALLERY_STATES.find(({ id }) => id === query.get('state'))
  if (state === undefined) return <GalleryList />
  const language = query.get('lang') === 'en' ? 'en' : 'zh'
  const flow: FlowState = { ...state.make({ panel: panelOfWindow(), lowReach: query.get('lowreach') === '1', language }), dictionary }
  return <KioskFace key={search} state={flow} text={CATALOGUES[language]} tap={() => undefined} onLaidOut={ignoreLayout} night={query.get('night') === '1'} />
}

function GalleryList() {
  return (
    <ul className="gallery-list">
      {GALLERY_STATES.map(({ id }) => (
        <li key={id}>
          <a href={`?state=${id}`}>{id}</a> <a href={`?state=${id}&lang=en`}>en</a> <a href={`?state=${id}&lowreach=1`}>low</a> <a href={`?state=${id}&night=1`}>night</a>
        </li>
      ))}
    </ul>
  )
}

function panelOfWindow(): PanelKind {
  if (window.innerWidth <= window.innerHeight) return 'portrait'
  return window.innerHeight < 900 ? 'compact' : 'landscape'
}

function listen(changed: () => void): () => void {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

function ignoreLayout(): void {
  // The states are made for the window they are shown in.
}

const dictionary = await loadDictionary(new URL('../../resources/pinyin/dictionary.bin.gz', import.meta.url).href)

const root = document.getElementById('root')
if (root === null) throw new Error('the page has a root')
createRoot(root).render(<Gallery />)
