package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// collector gathers what is known of the expressions and names of a package that was accepted.
type collector struct {
	positions *token.FileSet
	info      *types.Info
	facts     answer
	// Functions that are called, and what stands in parentheses (the whole is asked about).
	skipped map[ast.Expr]bool
	places  map[ast.Node]string
	stack   []ast.Node
}

func (c *collector) visit(node ast.Node) bool {
	if node == nil {
		c.stack = c.stack[:len(c.stack)-1]
		return true
	}
	if len(c.stack) > 0 && c.places[node] == "" {
		c.places[node] = c.places[c.stack[len(c.stack)-1]]
	}
	c.stack = append(c.stack, node)
	switch node := node.(type) {
	case *ast.CallExpr:
		c.skipped[ast.Unparen(node.Fun)] = true
		c.skipped[node.Fun] = true
	case *ast.ParenExpr:
		c.skipped[node.X] = true
	case *ast.IndexExpr:
		c.skipGeneric(node.X)
	case *ast.IndexListExpr:
		c.skipGeneric(node.X)
	case *ast.DeclStmt:
		if declaration, ok := node.Decl.(*ast.GenDecl); ok && declaration.Tok == token.CONST {
			c.places[declaration] = "constant"
		}
	case *ast.FuncDecl:
		if c.isGeneric(node) {
			c.places[node] = "generic"
		}
	case *ast.TypeSwitchStmt:
		for _, clause := range node.Body.List {
			for _, entry := range clause.(*ast.CaseClause).List {
				c.places[entry] = "type"
			}
		}
	case *ast.CompositeLit:
		c.markKeys(node)
	case *ast.Ident:
		if object := c.info.Defs[node]; object != nil {
			c.addName(node, object)
		}
	}
	if node, ok := node.(ast.Expr); ok {
		if found, ok := c.info.Types[node]; ok && !c.skipped[node] {
			c.addExpression(node, found)
		}
	}
	return true
}

// skipGeneric leaves out a function that gets its type arguments: the instance is asked about.
func (c *collector) skipGeneric(function ast.Expr) {
	if _, ok := types.Unalias(c.info.TypeOf(function)).(*types.Signature); ok {
		c.skipped[function] = true
	}
}

// isGeneric says whether a function or its receiver has type parameters.
func (c *collector) isGeneric(declaration *ast.FuncDecl) bool {
	object, ok := c.info.Defs[declaration.Name].(*types.Func)
	if !ok {
		return false
	}
	signature := object.Type().(*types.Signature)
	return signature.TypeParams().Len() > 0 || signature.RecvTypeParams().Len() > 0
}

func (c *collector) markKeys(literal *ast.CompositeLit) {
	switch types.Unalias(c.info.TypeOf(literal)).Underlying().(type) {
	case *types.Array, *types.Slice, *types.TypeParam:
		for _, element := range literal.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok {
				c.places[pair.Key] = "key"
			}
		}
	}
}

func (c *collector) addExpression(node ast.Expr, found types.TypeAndValue) {
	if !found.IsValue() && !found.IsVoid() {
		return
	}
	inner := ast.Unparen(node)
	c.facts.Expressions = append(c.facts.Expressions, expression{
		File:  c.positions.PositionFor(node.Pos(), false).Filename,
		Start: c.offset(node.Pos()),
		End:   c.offset(node.End()),
		Node:  nodeName(node),
		Inner: [2]int{c.offset(inner.Pos()), c.offset(inner.End())},
		Type:  show(found.Type),
		Value: showValue(found.Value),
		Place: c.places[node],
	})
}

func (c *collector) offset(position token.Pos) int {
	return c.positions.PositionFor(position, false).Offset
}

func (c *collector) addName(node *ast.Ident, object types.Object) {
	start := c.positions.PositionFor(node.Pos(), false)
	entry := name{File: start.Filename, Start: start.Offset, Type: show(object.Type())}
	switch object := object.(type) {
	case *types.Const:
		entry.Kind = "constant"
		entry.Value = showValue(object.Val())
	case *types.Var:
		entry.Kind = "variable"
		if object.IsField() {
			entry.Kind = "field"
		}
	default:
		return
	}
	c.facts.Names = append(c.facts.Names, entry)
}
