import { on } from './on.js';

// rows that are ticked stay in sight whatever is searched for
on('input', '[data-filter]', input => {
  const words = input.value.trim().toLowerCase().split(/\s+/);
  for (const row of document.getElementById(input.dataset.filter).children) {
    const text = row.textContent.toLowerCase();
    row.hidden = !row.querySelector(':checked') && !words.every(word => text.includes(word));
  }
});
on('keydown', '[data-filter]', (_, e) => {
  if (e.key === 'Enter') e.preventDefault();
});
