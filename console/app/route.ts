// Where one is in the office: what stands behind the number sign, cut at its slashes. Only ids stand there, never what somebody
// searched for.

import { useSyncExternalStore } from 'react'

export function hrefOf(...parts: string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`
}

export function goTo(...parts: string[]): void {
  location.hash = hrefOf(...parts)
}

export function readRoute(hash: string): string[] {
  return hash.replace(/^#\/?/, '').split('/').filter((part) => part !== '').map(decodeOrKeep)
}

function decodeOrKeep(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return part
    throw error
  }
}

function listen(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export function useRoute(): string[] {
  const hash = useSyncExternalStore(listen, () => location.hash)
  return readRoute(hash)
}
