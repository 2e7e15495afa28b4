import { createApp, h, ref, vModelText, withDirectives } from 'vue'

createApp({
  setup() {
    const key = ref('')
    return () =>
      h('form', [
        h('label', [
          'API key',
          withDirectives(
            h('input', {
              id: 'field',
              type: 'password',
              style: 'width: 320px; height: 32px',
              'onUpdate:modelValue': (value: string) => (key.value = value),
            }),
            [[vModelText, key.value]],
          ),
        ]),
        h('output', key.value),
      ])
  },
}).mount('#app')
