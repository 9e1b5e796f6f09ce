"use strict";
// Everything works without this script: it takes files that are dropped, and counts while answers are given.
{
  const zone = document.querySelector(".drop");
  if (zone) {
    const input = zone.querySelector("input"), form = zone.closest("form"), warning = document.getElementById("too-large");
    const fits = () => {
      warning.hidden = !input.files.length || input.files[0].size <= Number(form.dataset.most);
      return warning.hidden;
    };
    const over = (on) => (event) => { event.preventDefault(); zone.classList.toggle("over", on); };
    for (const name of ["dragenter", "dragover"]) document.addEventListener(name, over(true));
    document.addEventListener("dragleave", over(false));
    document.addEventListener("drop", (event) => {
      over(false)(event);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      if (fits()) form.requestSubmit();
    });
    input.addEventListener("change", fits);
    form.addEventListener("submit", (event) => { if (!fits()) event.preventDefault(); });
  }
  const questions = document.getElementById("questions");
  if (questions) {
    const status = document.getElementById("count");
    let latest = 0;
    const count = async () => {
      const turn = ++latest;
      const answers = new FormData(questions);
      answers.delete("suppress");
      status.textContent = "Counting …";
      try {
        const answer = await fetch(questions.dataset.count, { method: "POST", body: answers });
        const text = answer.ok ? (await answer.json()).text : "";
        if (turn === latest) status.textContent = text;
      } catch {
        if (turn === latest) status.textContent = "";
      }
    };
    if (questions.dataset.live) {
      questions.addEventListener("change", count);
      count();
    }
  }
}
