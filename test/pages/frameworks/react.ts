import { createElement, useState } from 'react'
import { createRoot } from 'react-dom/client'

/** A controlled form: a change without an event is reverted. */
function SignIn(): object {
  const [key, setKey] = useState('')
  return createElement(
    'form',
    null,
    createElement(
      'label',
      null,
      'API key',
      createElement('input', {
        id: 'field',
        type: 'password',
        style: { width: 320, height: 32 },
        value: key,
        onChange: (event: { target: { value: string } }) => setKey(event.target.value),
      }),
    ),
    createElement('output', null, key),
  )
}

createRoot(document.querySelector('#app') as Element).render(createElement(SignIn))
