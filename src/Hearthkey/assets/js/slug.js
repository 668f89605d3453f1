// follows the name until somebody writes into it; the server makes the same of a blank one
const slugOf = text => text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

document.addEventListener('input', e => {
  for (const holder of document.querySelectorAll('[data-slug-of]')) {
    const field = document.getElementById(holder.dataset.slug);
    if (e.target === field) field.dataset.typed = '';
    if (e.target.id === holder.dataset.slugOf && field.dataset.typed === undefined) field.value = slugOf(e.target.value);
  }
});
