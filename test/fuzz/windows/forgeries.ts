import type { WebContents } from 'electron'

/** Senders that are not the top frame of the contract's own window on its own page. */
export function forgeries(own: WebContents | null, others: readonly WebContents[]): [object, ...object[]] {
  const frame = (url: string, parent: unknown = null): object => ({ url, parent })
  const page = own?.getURL() ?? 'app://bundle/index.html'
  return [
    { sender: own, senderFrame: null },
    { sender: {}, senderFrame: frame(page) },
    { sender: null, senderFrame: frame(page) },
    { sender: own, senderFrame: frame(page, frame(page)) },
    { sender: own, senderFrame: frame(`${page}?more`) },
    { sender: own, senderFrame: frame(`${page}#more`) },
    { sender: own, senderFrame: frame(page.replace('app:', 'https:')) },
    { sender: own, senderFrame: frame(page.replace('bundle', 'bundle.evil.example')) },
    { sender: own, senderFrame: frame('app://bundle/') },
    { sender: own, senderFrame: frame('file:///etc/passwd') },
    { sender: own, senderFrame: frame('about:srcdoc') },
    { sender: own, senderFrame: frame('') },
    ...others.flatMap((other) => [
      { sender: other, senderFrame: other.mainFrame },
      { sender: other, senderFrame: frame(page) },
      { sender: own, senderFrame: other.mainFrame },
    ]),
  ]
}
