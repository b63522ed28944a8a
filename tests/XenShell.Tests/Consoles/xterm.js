// xterm.js: a terminal without a screen (npm @xterm/headless). Reads a JSON line {"bytes": BASE64} for each terminal,
// 80×24, and answers with what it shows, how often it answered, and the modes that it is left in.
'use strict';
const { Terminal } = require('@xterm/headless');

const show = bytes => new Promise(done => {
    const terminal = new Terminal({ cols: 80, rows: 24, allowProposedApi: true });
    let replies = 0, titles = 0;
    terminal.onData(() => replies++);
    terminal.onBinary(() => replies++);
    terminal.onTitleChange(() => titles++);
    terminal.write(bytes, () => {
        const buffer = terminal.buffer.active;
        const lines = [];
        for (let row = 0; row < terminal.rows; row++) {
            lines.push(buffer.getLine(buffer.baseY + row).translateToString(true));
        }
        const { mouseTrackingMode, bracketedPasteMode, sendFocusMode, insertMode } = terminal.modes;
        done({ lines, row: buffer.cursorY, column: buffer.cursorX, replies, titles,
            modes: [mouseTrackingMode !== 'none', bracketedPasteMode, sendFocusMode, insertMode].filter(mode => mode).length });
        terminal.dispose();
    });
});

let text = '';
process.stdin.on('data', chunk => { text += chunk; });
process.stdin.on('end', async () => {
    for (const line of text.split('\n').filter(line => line)) {
        process.stdout.write(JSON.stringify(await show(Buffer.from(JSON.parse(line).bytes, 'base64'))) + '\n');
    }
});
