/** React's packages contain no types, and one form needs few. */
declare module 'react' {
  export function createElement(type: unknown, properties?: object | null, ...children: unknown[]): object
  export function useState(first: string): [string, (next: string) => void]
}

declare module 'react-dom/client' {
  export function createRoot(place: Element): { render(element: object): void }
}
