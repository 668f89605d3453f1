import { on } from './on.js';

// the clipboard is closed to pages over plain http: there the value is selected and copied the old way
async function copy(source) {
  const text = source.value ?? source.textContent;
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'sr';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

on('click', '[data-copy]', async button => {
  await copy(document.getElementById(button.dataset.copy));
  button.classList.add('done');
  document.getElementById('announce').textContent = button.dataset.copied;
  setTimeout(() => {
    button.classList.remove('done');
    document.getElementById('announce').textContent = '';
  }, 1500);
});
