// Reload when something happened, unless somebody is writing. The pages work without this.
const seen = document.currentScript.dataset.version;

function writing() {
  const fields = [...document.querySelectorAll("textarea, input:not([type=hidden])")];
  return fields.some((field) => field.value !== field.defaultValue) || document.querySelector("details.edit[open]");
}

setInterval(async () => {
  if (document.hidden || writing()) return;
  const answer = await fetch("/-/version").catch(() => null);
  if (answer?.ok && (await answer.text()) !== seen) location.reload();
}, 1500);
