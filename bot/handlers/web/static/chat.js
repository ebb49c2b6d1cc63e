/* The conversation without reloading: sends at once, keeps what could not be sent, waits for mail.
   Written for browsers as old as Chrome 49; without it the same forms work by themselves. */
(function () {
  'use strict';

  var doc = document, win = window, root = doc.documentElement;
  if (!win.XMLHttpRequest || !win.FormData || !root.classList || !win.JSON || !Element.prototype.closest) { return; }

  function el(id) { return doc.getElementById(id); }
  var config = JSON.parse(el('config').textContent), words = config.words;
  var log = el('log'), dock = el('dock'), choices = el('choices'), progress = el('progress');
  var composer = el('composer'), text = el('text'), file = el('file'), attach = el('attach');
  var line = el('line'), status = el('status');
  var last = config.last, seen = config.seen;
  var MAIL_MS = 45000, POST_MS = 30000, STALL_MS = 40000, LONGEST_WAIT_MS = 30000, MOST_OWN = 60;

  /* --- what the browser keeps ---------------------------------------------------------------------------------- */

  function store(kind) {
    try {
      var s = win[kind];
      s.setItem('hoctap.test', '1');
      s.removeItem('hoctap.test');
      return s;
    } catch (e) { return null; }
  }
  var unsentStore = store('localStorage'), ownStore = store('sessionStorage');
  var unsentPrefix = 'hoctap.unsent.' + config.account + '.', ownKey = 'hoctap.own.' + config.account;

  function keep(item) {
    if (!unsentStore) { return; }
    var data = { id: item.id, choice: item.choice, text: item.text, seen: item.seen, label: item.label, at: item.at };
    if (item.file) { data.wasFile = true; }
    try { unsentStore.setItem(unsentPrefix + item.id, JSON.stringify(data)); } catch (e) { /* full: memory has it */ }
  }
  function forget(item) { if (unsentStore) { unsentStore.removeItem(unsentPrefix + item.id); } }
  function unsent() {
    var items = [], i, key, item;
    if (!unsentStore) { return items; }
    for (i = unsentStore.length - 1; i >= 0; i--) {
      key = unsentStore.key(i);
      if (key.indexOf('hoctap.unsent.') !== 0) { continue; }
      /* What another account of this browser left can never be sent. */
      if (key.indexOf(unsentPrefix) !== 0) { unsentStore.removeItem(key); continue; }
      try { item = JSON.parse(unsentStore.getItem(key)); } catch (e) { item = null; }
      if (item && item.id) { items.push(item); }
    }
    return items.sort(function (a, b) { return a.at - b.at; });
  }
  function ownLines() {
    try { return JSON.parse(ownStore.getItem(ownKey)) || []; } catch (e) { return []; }
  }
  function keepOwn(lines) {
    try { ownStore.setItem(ownKey, JSON.stringify(lines.slice(-MOST_OWN))); } catch (e) { /* only for the eye */ }
  }

  /* --- what is shown ------------------------------------------------------------------------------------------- */

  function bubble(item, before) {
    var box = doc.createElement('div'), who = doc.createElement('span');
    var said = doc.createElement('span'), state = doc.createElement('span');
    box.className = 'own';
    who.className = 'unseen';
    who.textContent = words.you + ' ';
    said.className = 'own-text';
    said.textContent = item.label || item.text;
    state.className = 'own-state';
    state.setAttribute('aria-hidden', 'true');
    box.appendChild(who);
    box.appendChild(said);
    box.appendChild(state);
    log.insertBefore(box, before || null);
    return box;
  }
  function mark(item, word, failed) {
    if (!item.box) { return; }
    item.box.lastChild.textContent = word;
    if (failed) { item.box.classList.add('failed'); }
  }
  function say(sentence) { status.textContent = sentence || ''; fit(); }

  var lineTimer = 0;
  function showLine(word, kind) {
    clearTimeout(lineTimer);
    el('line-reload').hidden = kind !== 'stale';
    line.className = kind === 'good' ? 'line good' : 'line';
    if (el('line-text').textContent !== word || line.hidden) { el('line-text').textContent = word; }
    line.hidden = false;
    if (kind === 'good') { lineTimer = setTimeout(hideLine, 3000); }
    fit();
  }
  function hideLine() { line.hidden = true; el('line-text').textContent = ''; fit(); }

  function lock(button) {
    var buttons = choices.querySelectorAll('button'), i;
    choices.classList.add('locked');
    for (i = 0; i < buttons.length; i++) { buttons[i].setAttribute('aria-disabled', 'true'); }
    if (button) { button.classList.add('chosen'); }
  }
  function unlock() {
    var buttons = choices.querySelectorAll('button'), i;
    choices.classList.remove('locked');
    for (i = 0; i < buttons.length; i++) {
      buttons[i].removeAttribute('aria-disabled');
      buttons[i].classList.remove('chosen');
    }
  }

  /* Low enough, the answers stay at the thumb while one reads; else they follow the text. */
  function fit() {
    dock.classList.remove('pinned');
    if (dock.offsetHeight < win.innerHeight * 0.42) { dock.classList.add('pinned'); }
  }
  function showNewest(box) {
    fit();
    var top = box.getBoundingClientRect().top + win.pageYOffset - progress.offsetHeight - 10;
    win.scrollTo(0, Math.min(top, Math.max(root.scrollHeight, doc.body.scrollHeight) - win.innerHeight));
  }

  function take(rows) {
    var first = null, i, j, row, past, opening = el('opening');
    for (i = 0; i < rows.length; i++) {
      row = rows[i];
      if (row.id <= last) { continue; }
      last = row.id;
      if (row.locale !== root.lang) { win.location.reload(); return; }
      if (opening && opening.parentNode) { log.removeChild(opening); }
      if (row.dock) {
        past = log.querySelectorAll('article');
        for (j = 0; j < past.length; j++) { past[j].classList.add('past'); }
      }
      log.insertAdjacentHTML('beforeend', row.html);
      log.lastElementChild.classList.add('new');
      first = first || log.lastElementChild;
      say(row.toast);
      if (row.dock) { setDock(row.dock); }
    }
    if (first) {
      clearTimeout(slowTimer);
      if (answered) { mark(answered, ''); answered = null; }
      unlock();
      showNewest(first);
    }
  }
  function setDock(next) {
    var hadFocus = choices.contains(doc.activeElement);
    choices.innerHTML = next.html;
    progress.innerHTML = next.progress;
    progress.hidden = !next.progress;
    text.placeholder = next.placeholder;
    text.setAttribute('inputmode', next.input_mode);
    attach.hidden = !next.takes_files;
    el('attach-word').textContent = next.attach;
    if (!next.takes_files) { unpick(); }
    seen = next.seen;
    composer.elements.seen.value = next.seen;
    if (hadFocus) { choices.focus(); }
  }

  /* --- one request at a time: first what is unsent, then wait for mail ------------------------------------------ */

  var queue = [], active = null, timer = 0, slowTimer = 0, tries = 0, halted = false;
  var answered = null;

  function newId() {
    var bytes = [], id = '', i;
    if (win.crypto && win.crypto.getRandomValues) {
      bytes = new Uint8Array(16);
      win.crypto.getRandomValues(bytes);
    } else {
      for (i = 0; i < 16; i++) { bytes.push(Math.floor(Math.random() * 256)); }
    }
    for (i = 0; i < 16; i++) { id += ('0' + bytes[i].toString(16)).slice(-2); }
    return id;
  }
  function send(item) {
    item.id = newId();
    item.seen = seen;
    item.at = Date.now();
    item.box = bubble(item);
    mark(item, words.sending);
    keepOwn(ownLines().concat({ id: item.id, text: item.label, after: last }));
    keep(item);
    queue.push(item);
    say('');
    showNewest(item.box);
    go();
  }
  function go() {
    clearTimeout(timer);
    if (halted || (active && active.isPost)) { return; }
    if (queue.length) { drop(); post(queue[0]); } else if (!active && !doc.hidden) { poll(); }
  }
  function drop() {
    if (active) { active.isDropped = true; active.xhr.abort(); active = null; }
  }
  function again(word, isCertain) {
    tries++;
    if (isCertain || tries > 1 || queue.length) { showLine(word); }
    timer = setTimeout(go, Math.min(LONGEST_WAIT_MS, 500 * Math.pow(2, Math.min(tries, 7))) * (0.75 + Math.random() / 2));
  }
  function reached() {
    if (!line.hidden && !line.classList.contains('good')) { showLine(words.back_online, 'good'); }
    tries = 0;
  }
  function stop(word) { halted = true; showLine(word, 'stale'); }

  function request(method, url, body, options) {
    var call = { xhr: new XMLHttpRequest(), isPost: method === 'POST', isDropped: false }, xhr = call.xhr, stall = 0;
    function over(answer) {
      clearTimeout(stall);
      if (call.isDropped || active !== call) { return; }
      active = null;
      options.done(xhr.status, answer);
    }
    function watch() {
      clearTimeout(stall);
      stall = setTimeout(function () { if (active === call) { over(null); xhr.abort(); } }, options.stall);
    }
    active = call;
    xhr.open(method, url);
    xhr.setRequestHeader('X-Requested-With', 'XMLHttpRequest');
    if (typeof body === 'string') { xhr.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded'); }
    xhr.onload = function () {
      var answer = null;
      try { answer = JSON.parse(xhr.responseText); } catch (e) { /* a page of somebody in between */ }
      over(answer);
    };
    xhr.onerror = xhr.onabort = function () { over(null); };
    if (options.progress && xhr.upload) {
      xhr.upload.onprogress = function (e) { watch(); options.progress(e); };
    }
    watch();
    xhr.send(body);
  }

  function poll() {
    request('GET', '/mail?after=' + last, null, {
      stall: MAIL_MS,
      done: function (code, answer) {
        if (code === 200 && answer && answer.rows) {
          reached();
          take(answer.rows);
          go();
        } else if (code === 403) { stop(words.stale); } else { again(code ? words.busy : words.offline); }
      }
    });
  }

  function body(item) {
    var fields = { form: config.form, id: item.id, seen: item.seen === null ? '' : item.seen, last: last };
    var form, parts = [], name;
    if (item.choice) { fields.choice = item.choice; } else { fields.text = item.text || ''; }
    if (item.file) {
      form = new FormData();
      for (name in fields) { form.append(name, fields[name]); }
      form.append('file', item.file, item.fileName);
      return form;
    }
    for (name in fields) { parts.push(name + '=' + encodeURIComponent(fields[name])); }
    return parts.join('&');
  }
  function post(item) {
    var data = body(item), isForm = typeof data !== 'string';
    request('POST', '/send', data, {
      stall: isForm ? STALL_MS : POST_MS,
      progress: isForm ? function (e) {
        if (e.lengthComputable) { mark(item, words.sending + ' ' + Math.floor(e.loaded * 100 / e.total) + '%'); }
      } : null,
      done: function (code, answer) {
        if (code === 200 && answer && answer.rows) {
          settle(item, words.sent);
          reached();
          take(answer.rows);
          if (!answer.rows.length) { slow(); }
          go();
        } else if (code === 403) {
          mark(item, words.not_sent, true);
          stop(words.stale);
        } else if (code >= 400 && code < 500 && code !== 408 && code !== 429 && answer && answer.error) {
          settle(item, words.not_sent, true);
          unlock();
          say(answer.text);
          go();
        } else {
          mark(item, words.waiting);
          again(code ? words.busy : words.offline, true);
        }
      }
    });
  }
  function settle(item, word, failed) {
    queue.shift();
    forget(item);
    mark(item, word, failed);
    answered = failed ? null : item;
  }
  function slow() {
    clearTimeout(slowTimer);
    say(words.still_working);
    slowTimer = setTimeout(unlock, 15000);
  }

  /* --- files ---------------------------------------------------------------------------------------------------- */

  var picked = null;
  function unpick() { picked = null; file.value = ''; el('picked').hidden = true; fit(); }
  function pick() {
    picked = file.files && file.files[0] || null;
    if (!picked) { unpick(); return; }
    if (picked.size > config.maxBytes && !canShrink(picked)) { unpick(); say(words.too_large); return; }
    el('picked-name').textContent = picked.name + ' (' + (picked.size / 1e6).toFixed(1).replace('.', root.lang === 'vi' ? ',' : '.') + ' MB)';
    el('picked').hidden = false;
    say('');
  }
  /* A photo is made smaller for a slow line where the browser turns it upright by itself. */
  function canShrink(f) {
    return f.size > 1200000 && /^image\/(jpeg|webp)$/.test(f.type) && HTMLCanvasElement.prototype.toBlob &&
      win.CSS && CSS.supports && CSS.supports('image-orientation', 'from-image');
  }
  function shrink(f, then) {
    var url = URL.createObjectURL(f), img = new Image();
    img.onload = function () {
      var scale = Math.min(1, 1800 / Math.max(img.naturalWidth, img.naturalHeight)), canvas = doc.createElement('canvas');
      canvas.width = Math.round(img.naturalWidth * scale);
      canvas.height = Math.round(img.naturalHeight * scale);
      canvas.getContext('2d').drawImage(img, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      canvas.toBlob(function (blob) { then(blob && blob.size < f.size ? blob : f); }, 'image/jpeg', 0.82);
    };
    img.onerror = function () { URL.revokeObjectURL(url); then(f); };
    img.src = url;
  }
  function sendFile() {
    var chosen = picked, caption = text.value;
    unpick();
    text.value = '';
    function ready(blob) {
      if (blob.size > config.maxBytes) { say(words.too_large); return; }
      send({ file: blob, fileName: chosen.name, text: caption, label: chosen.name + (caption ? '\n' + caption : '') });
    }
    if (canShrink(chosen)) { shrink(chosen, ready); } else { ready(chosen); }
  }

  /* --- what the person does ------------------------------------------------------------------------------------- */

  choices.addEventListener('click', function (e) {
    var button = e.target.closest('button[name=choice]');
    if (!button) { return; }
    e.preventDefault();
    if (choices.classList.contains('locked')) { return; }
    lock(button);
    send({ choice: button.value, label: button.getAttribute('data-label') });
  });
  composer.addEventListener('submit', function (e) {
    e.preventDefault();
    if (picked) { sendFile(); return; }
    if (!text.value.trim()) { text.focus(); return; }
    send({ text: text.value, label: text.value });
    text.value = '';
  });
  file.addEventListener('change', pick);
  el('picked-remove').addEventListener('click', function () { unpick(); file.focus(); });
  log.addEventListener('click', function (e) {
    var button = e.target.closest('.copy'), area;
    if (!button) { return; }
    area = doc.createElement('textarea');
    area.value = button.getAttribute('data-copy');
    area.className = 'unseen';
    doc.body.appendChild(area);
    area.select();
    try { if (doc.execCommand('copy')) { say(words.copied); } } catch (err) { /* the address is there to be marked */ }
    doc.body.removeChild(area);
    button.focus();
  });

  win.addEventListener('offline', function () { showLine(words.offline); });
  win.addEventListener('online', function () {
    tries = 0;
    if (active && !active.isPost) { drop(); }
    go();
  });
  doc.addEventListener('visibilitychange', function () {
    if (doc.hidden) { if (active && !active.isPost) { drop(); } } else { go(); }
  });
  win.addEventListener('pageshow', function (e) { if (e.persisted) { drop(); go(); } });
  win.addEventListener('resize', function () {
    fit();
    if (doc.activeElement === text) { win.scrollTo(0, doc.body.scrollHeight); }
  });

  /* --- begin, or go on where the page was left -------------------------------------------------------------------- */

  (function begin() {
    var lines = ownLines(), waiting = {}, rows = log.querySelectorAll('article'), items = unsent(), i, j, before;
    root.classList.add('js');
    for (i = 0; i < items.length; i++) { waiting[items[i].id] = true; }
    lines = lines.filter(function (l) { return rows.length && l.after >= +rows[0].getAttribute('data-row'); });
    keepOwn(lines);
    for (i = 0; i < lines.length; i++) {
      if (waiting[lines[i].id]) { continue; }
      before = null;
      for (j = 0; j < rows.length && !before; j++) {
        if (+rows[j].getAttribute('data-row') > lines[i].after) { before = rows[j]; }
      }
      bubble({ label: lines[i].text }, before);
    }
    for (i = 0; i < items.length; i++) {
      if (items[i].wasFile) { forget(items[i]); say(words.lost); continue; }
      items[i].box = bubble(items[i]);
      mark(items[i], words.sending);
      queue.push(items[i]);
      if (items[i].choice) { lock(null); }
    }
    if (win.history.replaceState && win.location.search) { win.history.replaceState(null, '', '/'); }
    if (rows.length) { showNewest(log.lastElementChild); }
    fit();
    setTimeout(function () { root.classList.add('ready'); }, 300);
    if (win.navigator.onLine === false) { showLine(words.offline); }
    go();
  }());
}());
