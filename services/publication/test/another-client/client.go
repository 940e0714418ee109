// A client that was written for other logs: golang.org/x/mod/sumdb (note, tlog) as Debian packages it, with no code of ours but
// the paths of C2SP tlog-tiles in front of its tiles. It opens the checkpoint, reads every entry, and proves those of every tile.
//
//	client URL VKEY [SMALLER-CHECKPOINT-FILE]
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// tiles reads tiles of height 8 over HTTP. tlog verifies each of them against the tree before it uses it.
type tiles struct {
	url  string
	kept map[tlog.Tile][]byte
}

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		if kept, ok := t.kept[tile]; ok {
			data[i] = kept
			continue
		}
		// The checksum database names the height first: tile/8/0/001 where tlog-tiles has tile/0/001.
		data[i] = get(t.url + strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
	}
	return data, nil
}

func (t tiles) SaveTiles(verified []tlog.Tile, data [][]byte) {
	for i, tile := range verified {
		t.kept[tile] = data[i]
	}
}

func get(url string) []byte {
	response, err := http.Get(url)
	check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(err)
	if response.StatusCode != 200 {
		log.Fatalf("%s answers %d", url, response.StatusCode)
	}
	if kind := response.Header.Get("content-type"); strings.Contains(url, "/tile/") && kind != "application/octet-stream" {
		log.Fatalf("%s is %s", url, kind)
	}
	return body
}

func open(text []byte, vkey string) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	check(err)
	signed, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

func entries(url string, size int64) [][]byte {
	var all [][]byte
	for index := int64(0); index*256 < size; index++ {
		width := size - index*256
		if width > 256 {
			width = 256
		}
		path := tlog.Tile{H: 8, L: 0, N: index, W: int(width)}.Path()
		bundle := get(url + strings.Replace(path, "tile/8/0/", "tile/entries/", 1))
		for len(bundle) > 0 {
			length := 2 + int(binary.BigEndian.Uint16(bundle))
			all = append(all, bundle[2:length])
			bundle = bundle[length:]
		}
	}
	return all
}

func main() {
	url, vkey := os.Args[1], os.Args[2]
	tree := open(get(url+"checkpoint"), vkey)
	read := tlog.TileHashReader(tree, tiles{url, map[tlog.Tile][]byte{}})
	all := entries(url, tree.N)
	if int64(len(all)) != tree.N {
		log.Fatalf("%d entries, and %d are signed", len(all), tree.N)
	}
	proven := 0
	for i, entry := range all {
		// Every 61st and the last: over some 66,000 that is enough of them in every tile.
		if i%61 != 0 && i != len(all)-1 {
			continue
		}
		proven++
		proof, err := tlog.ProveRecord(tree.N, int64(i), read)
		check(err)
		check(tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), tlog.RecordHash(entry)))
	}
	if len(os.Args) > 3 {
		text, err := os.ReadFile(os.Args[3])
		check(err)
		smaller := open(text, vkey)
		proof, err := tlog.ProveTree(tree.N, smaller.N, read)
		check(err)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, smaller.N, smaller.Hash))
	}
	fmt.Printf("%d entries read, %d proven\n", len(all), proven)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
