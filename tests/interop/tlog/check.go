// SPDX-License-Identifier: EUPL-1.2

// Check reads the public folder of one log and its receipts with the Go project's own code, that of
// the checksum database (golang.org/x/mod/sumdb, note and tlog): signatures, tree hashes, tile
// contents, proofs. Only names, framing and JSON are read here. Everything is rebuilt from the
// entries; no hash of the folder is believed, and TileHashReader is not used (CVE-2026-56865).
//
// Usage: check FOLDER VKEY-FILE [RECEIPT...]
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // of a tile: 256 hashes

type log struct {
	folder  string
	key     note.Verifier
	entries [][]byte
	stored  []tlog.Hash // in the order of tlog.StoredHashIndex
}

// ReadHashes makes a log a tlog.HashReader.
func (l *log) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x >= int64(len(l.stored)) {
			return nil, fmt.Errorf("hash %d is not there", x)
		}
		out[i] = l.stored[x]
	}
	return out, nil
}

// decode reads Base64 that encodes to the same characters again; Go's own reader is laxer.
func decode(text string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || base64.StdEncoding.EncodeToString(raw) != text {
		return nil, fmt.Errorf("not canonical Base64: %q", text)
	}
	return raw, nil
}

func decodeHash(text string) (h tlog.Hash, err error) {
	raw, err := decode(text)
	if err == nil && len(raw) != len(h) {
		err = fmt.Errorf("%q is not a hash", text)
	}
	copy(h[:], raw)
	return h, err
}

type checkpoint struct {
	size int64
	root tlog.Hash
}

// open verifies a signed checkpoint and takes its three lines.
func (l *log) open(text []byte) (c checkpoint, err error) {
	n, err := note.Open(text, note.VerifierList(l.key))
	if err != nil {
		return c, err
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(text[len(n.Text)+1:]), "\n"), "\n") {
		if _, err = decode(line[strings.LastIndex(line, " ")+1:]); err != nil {
			return c, err
		}
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != l.key.Name() {
		return c, fmt.Errorf("no checkpoint of %s", l.key.Name())
	}
	c.size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || c.size < 0 || strconv.FormatInt(c.size, 10) != lines[1] {
		return c, fmt.Errorf("%q is not a size", lines[1])
	}
	c.root, err = decodeHash(lines[2])
	return c, err
}

// root is the tree hash of the first n entries; Go has no value for the tree of nothing.
func (l *log) root(n int64) (tlog.Hash, error) {
	if n == 0 {
		return sha256.Sum256(nil), nil
	}
	return tlog.TreeHash(n, l)
}

// path is the name of a tile here, where Go would say tile/8/data/000.
func path(t tlog.Tile) string {
	p := strings.TrimPrefix(t.Path(), "tile/8/")
	if t.L == -1 {
		p = "entries" + strings.TrimPrefix(p, "data")
	}
	return "tile/" + p
}

// tileOf is the other way.
func tileOf(name string) (tlog.Tile, error) {
	p := strings.TrimPrefix(name, "tile/")
	if strings.HasPrefix(p, "entries/") {
		p = "data" + strings.TrimPrefix(p, "entries")
	}
	t, err := tlog.ParseTilePath("tile/8/" + p)
	if err != nil || path(t) != name {
		return t, fmt.Errorf("%s: not the name of a tile", name)
	}
	return t, nil
}

// tilesOf lists the tiles of the tree of n entries.
func tilesOf(n int64) (all []tlog.Tile) {
	for level := -1; ; level++ {
		num := n
		for i := 0; i < level; i++ {
			num >>= height
		}
		if num == 0 {
			return all
		}
		for i := int64(0); i<<height < num; i++ {
			width := num - i<<height
			if width > 1<<height {
				width = 1 << height
			}
			all = append(all, tlog.Tile{H: height, L: level, N: i, W: int(width)})
		}
	}
}

type event struct {
	Parent  string `json:"parent"`
	Height  *int64 `json:"height"`
	Type    string `json:"type"`
	Payload string `json:"payload"`
}

func strictJSON(text []byte, out interface{}) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(out); err != nil {
		return err
	}
	if d.More() {
		return fmt.Errorf("something follows the JSON value")
	}
	return nil
}

// add appends an entry and the hashes it completes, after checking its place in the chain.
func (l *log) add(data []byte) error {
	n := int64(len(l.entries))
	var e event
	if err := strictJSON(data, &e); err != nil {
		return fmt.Errorf("entry %d: %v", n, err)
	}
	parent := ""
	if n > 0 {
		hash := sha256.Sum256(l.entries[n-1])
		parent = hex.EncodeToString(hash[:])
	}
	if e.Height == nil || *e.Height != n || e.Parent != parent {
		return fmt.Errorf("entry %d: its height or its parent is another", n)
	}
	hashes, err := tlog.StoredHashes(n, data, l)
	l.entries = append(l.entries, data)
	l.stored = append(l.stored, hashes...)
	return err
}

// load reads the entries of the tree of n.
func (l *log) load(n int64) error {
	for _, t := range tilesOf(n) {
		if t.L != -1 {
			continue
		}
		text, err := os.ReadFile(filepath.Join(l.folder, path(t)))
		if err != nil {
			return err
		}
		for i := 0; i < t.W; i++ {
			if len(text) < 2 || len(text)-2 < int(binary.BigEndian.Uint16(text)) {
				return fmt.Errorf("%s: ends inside entry %d", path(t), i)
			}
			end := 2 + int(binary.BigEndian.Uint16(text))
			if err := l.add(text[2:end]); err != nil {
				return fmt.Errorf("%s: %v", path(t), err)
			}
			text = text[end:]
		}
		if len(text) > 0 {
			return fmt.Errorf("%s: %d bytes behind its entries", path(t), len(text))
		}
	}
	return nil
}

// content is what the file of a tile must have.
func (l *log) content(t tlog.Tile) ([]byte, error) {
	if t.L != -1 {
		return tlog.ReadTileData(t, l)
	}
	var out bytes.Buffer
	for i := t.N << height; i < t.N<<height+int64(t.W); i++ {
		if i >= int64(len(l.entries)) {
			return nil, fmt.Errorf("entry %d is not there", i)
		}
		_ = binary.Write(&out, binary.BigEndian, uint16(len(l.entries[i])))
		out.Write(l.entries[i])
	}
	return out.Bytes(), nil
}

// tiles compares every file with what it must have, those of earlier sizes too.
func (l *log) tiles() (num int, err error) {
	for _, t := range tilesOf(int64(len(l.entries))) {
		if _, err := os.Stat(filepath.Join(l.folder, path(t))); err != nil {
			return 0, err
		}
	}
	err = filepath.Walk(filepath.Join(l.folder, "tile"), func(p string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		name, err := filepath.Rel(l.folder, p)
		if err != nil {
			return err
		}
		t, err := tileOf(filepath.ToSlash(name))
		if err != nil {
			return err
		}
		want, err := l.content(t)
		if err != nil {
			return fmt.Errorf("%s: %v", name, err)
		}
		got, err := os.ReadFile(p)
		if err == nil && !bytes.Equal(got, want) {
			err = fmt.Errorf("%s: is not what its entries make it", name)
		}
		num++
		return err
	})
	return num, err
}

// objects compares every object with its name, and wants one for every payload.
func (l *log) objects() (num int, err error) {
	files, err := os.ReadDir(filepath.Join(l.folder, "objects"))
	if os.IsNotExist(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	there := map[string]bool{}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(l.folder, "objects", f.Name()))
		if err != nil {
			return 0, err
		}
		if hash := sha256.Sum256(text); hex.EncodeToString(hash[:]) != f.Name() {
			return 0, fmt.Errorf("objects/%s: its name is not its hash", f.Name())
		}
		there[f.Name()] = true
	}
	for i, data := range l.entries {
		var e event
		if err := strictJSON(data, &e); err != nil {
			return 0, err
		}
		if e.Payload != "" && !there[e.Payload] {
			return 0, fmt.Errorf("entry %d: its payload is not among the objects", i)
		}
	}
	return len(files), nil
}

// consistent proves that the tree c is a beginning of the first n entries.
func (l *log) consistent(c checkpoint, n int64) error {
	root, err := l.root(c.size)
	if err == nil && root != c.root {
		err = fmt.Errorf("the root of %d entries is another", c.size)
	}
	if err != nil || c.size == 0 {
		return err
	}
	now, err := l.root(n)
	if err != nil {
		return err
	}
	p, err := tlog.ProveTree(n, c.size, l)
	if err != nil {
		return err
	}
	return tlog.CheckTree(p, n, now, c.size, c.root)
}

// proofs makes and checks proofs over the whole log: all of a small one, a sample of a large one.
func (l *log) proofs() (num int, err error) {
	n := int64(len(l.entries))
	root, err := l.root(n)
	if err != nil {
		return 0, err
	}
	step := n/500 + 1
	for i := int64(0); i < n; i += step {
		p, err := tlog.ProveRecord(n, i, l)
		if err == nil {
			err = tlog.CheckRecord(p, n, root, i, tlog.RecordHash(l.entries[i]))
		}
		if err != nil {
			return 0, fmt.Errorf("entry %d of %d: %v", i, n, err)
		}
		old, err := l.root(i + 1)
		if err == nil {
			err = l.consistent(checkpoint{i + 1, old}, n)
		}
		if err != nil {
			return 0, fmt.Errorf("from %d to %d entries: %v", i+1, n, err)
		}
		num += 2
	}
	return num, nil
}

type receipt struct {
	Format   string  `json:"format"`
	Election string  `json:"election"`
	Tracker  string  `json:"tracker"`
	Height   *int64  `json:"height"`
	Replaces *string `json:"replaces,omitempty"`
	Proof    string  `json:"proof"`
}

// proof takes a tlog-proof apart.
func proof(text string) (extra []byte, index int64, hashes tlog.RecordProof, note string, err error) {
	at := strings.Index(text, "\n\n")
	if at < 0 {
		return nil, 0, nil, "", fmt.Errorf("no empty line in the proof")
	}
	lines := strings.Split(text[:at], "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" ||
		!strings.HasPrefix(lines[1], "extra ") || !strings.HasPrefix(lines[2], "index ") {
		return nil, 0, nil, "", fmt.Errorf("no proof with extra data")
	}
	extra, err = decode(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return nil, 0, nil, "", err
	}
	digits := strings.TrimPrefix(lines[2], "index ")
	index, err = strconv.ParseInt(digits, 10, 64)
	if err != nil || strconv.FormatInt(index, 10) != digits {
		return nil, 0, nil, "", fmt.Errorf("%q is not an index", digits)
	}
	for _, line := range lines[3:] {
		h, err := decodeHash(line)
		if err != nil {
			return nil, 0, nil, "", err
		}
		hashes = append(hashes, h)
	}
	return extra, index, hashes, text[at+2:], nil
}

// receipt checks a receipt by itself, then against the folder.
func (l *log) receipt(text []byte) error {
	var r receipt
	if err := strictJSON(text, &r); err != nil {
		return err
	}
	extra, index, hashes, signed, err := proof(r.Proof)
	if err != nil {
		return err
	}
	c, err := l.open([]byte(signed))
	if err != nil {
		return err
	}
	var e event
	if err := strictJSON(extra, &e); err != nil {
		return err
	}
	payload, err := hex.DecodeString(e.Payload)
	if err != nil {
		return err
	}
	switch {
	case r.Format != "urne-receipt/1":
		return fmt.Errorf("the format %q is unknown", r.Format)
	case !strings.HasSuffix(l.key.Name(), "/"+r.Election):
		return fmt.Errorf("of another election, %q", r.Election)
	case e.Type != "Ballot" || base64.RawStdEncoding.EncodeToString(payload) != r.Tracker:
		return fmt.Errorf("its event is not of the ballot %s", r.Tracker)
	case e.Height == nil || r.Height == nil || *e.Height != index || *r.Height != index:
		return fmt.Errorf("heights and index differ")
	case index < 0 || index >= c.size:
		return fmt.Errorf("index %d of %d entries", index, c.size)
	}
	if err := tlog.CheckRecord(hashes, c.size, c.root, index, tlog.RecordHash(extra)); err != nil {
		return err
	}
	if c.size > int64(len(l.entries)) {
		return fmt.Errorf("of a log of %d entries, the folder has %d", c.size, len(l.entries))
	}
	if !bytes.Equal(extra, l.entries[index]) {
		return fmt.Errorf("the folder has another entry %d", index)
	}
	return l.consistent(c, int64(len(l.entries)))
}

func check(folder, keyFile string, receipts []string) error {
	vkey, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	key, err := note.NewVerifier(strings.TrimSuffix(string(vkey), "\n"))
	if err != nil {
		return err
	}
	l := &log{folder: folder, key: key}
	text, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	c, err := l.open(text)
	if err != nil {
		return fmt.Errorf("checkpoint: %v", err)
	}
	if err := l.load(c.size); err != nil {
		return err
	}
	if err := l.consistent(c, c.size); err != nil {
		return fmt.Errorf("checkpoint: %v", err)
	}
	files, err := l.tiles()
	if err != nil {
		return err
	}
	objects, err := l.objects()
	if err != nil {
		return err
	}
	proofs, err := l.proofs()
	if err != nil {
		return err
	}
	for _, name := range receipts {
		text, err := os.ReadFile(name)
		if err == nil {
			err = l.receipt(text)
		}
		if err != nil {
			return fmt.Errorf("%s: %v", name, err)
		}
	}
	fmt.Printf("sumdb: %d entries, %d tiles, %d objects, %d proofs, %d receipts agree\n",
		c.size, files, objects, proofs, len(receipts))
	return nil
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: check FOLDER VKEY-FILE [RECEIPT...]")
		os.Exit(2)
	}
	if err := check(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "sumdb:", err)
		os.Exit(1)
	}
}
